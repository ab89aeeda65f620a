package io.orchflow.gateway.edge;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps other sites from acting with a person's cookie.
public final class OriginRule {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Origins origins;

    public OriginRule(Origins origins) {
        this.origins = origins;
    }

    /// What the browser said about where a request comes from.
    ///
    /// @param cookie whether the request would act by its session cookie
    /// @param credentials whether the path takes credentials in its body (login, register, redeem)
    public record Claim(
            String method,
            @Nullable String origin,
            @Nullable String fetchSite,
            boolean cookie,
            boolean credentials) {

        boolean reads() {
            return READING.contains(method);
        }
    }

    /// @throws ProblemException 403 for a request that another site may have made
    public void check(Claim claim) {
        if (claim.reads() || !(claim.cookie() || claim.credentials())) {
            return;
        }
        if (claim.origin() != null) {
            known(claim.origin());
        } else if (!claim.credentials() && !"same-origin".equals(claim.fetchSite())) {
            throw Problems.forbidden(
                    "origin-required",
                    "A call with a cookie that changes something needs the Origin header "
                            + origins.canonical()
                            + ".");
        }
    }

    /// A WebSocket handshake: a browser always sends its origin, other clients need not.
    ///
    /// @throws ProblemException 403 for a foreign origin
    public void checkUpgrade(@Nullable String origin) {
        if (origin != null) {
            known(origin);
        }
    }

    private void known(String origin) {
        if (!origins.knows(origin)) {
            throw Problems.forbidden(
                    "foreign-origin",
                    "The origin " + shown(origin) + " is not one of this orchflow's origins.");
        }
    }

    private static String shown(String origin) {
        return origin.length() > 100 ? origin.substring(0, 100) + "…" : origin;
    }
}
