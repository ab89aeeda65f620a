package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.RateLimiter;
import io.orchflow.gateway.session.PersonalTokens;
import io.orchflow.gateway.session.Principal;
import io.orchflow.gateway.session.SessionCookie;
import io.orchflow.gateway.session.Sessions;
import io.orchflow.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Finds who makes a request, and whether they make too many. Blocks: virtual threads only.
@ApplicationScoped
class Callers {

    private final Sessions sessions;
    private final PersonalTokens tokens;
    private final RateLimiter limiter;

    Callers(Sessions sessions, PersonalTokens tokens, RateLimiter limiter) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.limiter = limiter;
    }

    /// @throws ProblemException 401 for a bad token, 429, 503
    Principal identify(HttpServerRequest request) {
        var principal = principal(request);
        if (principal instanceof Principal.Visitor visitor) {
            limiter.admitAddress(visitor.address());
        } else {
            limiter.admitPrincipal(principal.key());
        }
        return principal;
    }

    /// A WebSocket handshake: its ticket says who comes, so that only the address counts here.
    ///
    /// @throws ProblemException 429
    Principal.Visitor visitor(HttpServerRequest request) {
        var address = address(request);
        limiter.admitAddress(address);
        return new Principal.Visitor(address, false);
    }

    private Principal principal(HttpServerRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return machine(request, authorization);
        }
        if (!SessionCookie.sent(request)) {
            return new Principal.Visitor(address(request), false);
        }
        return sessions.resolve(request)
                .<Principal>map(person -> person)
                .orElseGet(() -> new Principal.Visitor(address(request), true));
    }

    private Principal machine(HttpServerRequest request, String authorization) {
        try {
            return tokens.resolve(authorization);
        } catch (ProblemException e) {
            if (e.problem().status() == 401) {
                limiter.admitAddress(address(request));
            }
            throw e;
        }
    }

    /// The peer's address; of IPv6 the /64 that one subscriber has.
    static String address(HttpServerRequest request) {
        var remote = request.remoteAddress();
        return remote == null ? "unknown" : shortened(remote.hostAddress());
    }

    private static String shortened(@Nullable String address) {
        if (address == null) {
            return "unknown";
        }
        if (address.indexOf(':') < 0) {
            return address;
        }
        var groups = address.split(":", -1);
        return groups.length < 8
                ? address
                : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
