package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Edge;
import io.orchflow.gateway.session.Grants;
import io.orchflow.gateway.session.Principal;
import io.orchflow.gateway.session.SessionCookie;
import io.orchflow.gateway.session.Sessions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Does what a service's answer asks of the gateway by its `Orchflow-*` headers, then takes them
/// away. Only auth is listened to.
@ApplicationScoped
class AnswerRules {

    private static final String GRANT = "Orchflow-Grant";
    private static final String CHANGED = "Orchflow-Caller-Changed";
    private static final String PEOPLE_CHANGED = "Orchflow-People-Changed";
    private static final String REVOKED = "Orchflow-Grants-Revoked";

    private final Edge edge;
    private final Sessions sessions;
    private final Grants grants;

    AnswerRules(Edge edge, Sessions sessions, Grants grants) {
        this.edge = edge;
        this.sessions = sessions;
        this.grants = grants;
    }

    /// Whether [#apply] has anything to do that blocks.
    static boolean needed(Route route, Principal principal, MultiMap headers) {
        if (principal instanceof Principal.Visitor visitor && visitor.staleCookie()) {
            return true;
        }
        return route.upstream().equals("auth")
                && List.of(GRANT, CHANGED, PEOPLE_CHANGED, REVOKED).stream()
                        .anyMatch(headers::contains);
    }

    /// Blocks: virtual threads only.
    ///
    /// @param headers the service's answer, changed to what the client gets
    void apply(Route route, Principal principal, HttpServerRequest request, MultiMap headers) {
        var auth = route.upstream().equals("auth");
        var grant = auth && route.credentials() ? headers.get(GRANT) : null;
        if (auth && headers.contains(REVOKED)) {
            grants.revoke(ids(headers.get(REVOKED)));
        }
        if (auth) {
            grants.changed(changed(principal, headers));
        }
        HeaderRules.toClient(headers);
        if (grant != null) {
            headers.set("Set-Cookie", sessions.open(request, grant));
        } else if (principal instanceof Principal.Visitor visitor && visitor.staleCookie()) {
            headers.set("Set-Cookie", SessionCookie.cleared(edge.origins()));
        }
    }

    /// Whose roles the call has changed, by their user ids.
    private static Set<String> changed(Principal principal, MultiMap headers) {
        var changed = new TreeSet<>(ids(headers.get(PEOPLE_CHANGED)));
        if (headers.contains(CHANGED)) {
            switch (principal) {
                case Principal.Visitor _ -> {}
                case Principal.Person person -> changed.add(person.token().subject());
                case Principal.Machine machine -> changed.add(machine.token().subject());
            }
        }
        return changed;
    }

    private static List<String> ids(@Nullable String header) {
        return header == null
                ? List.of()
                : Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList();
    }
}
