package io.orchflow.gateway.route;

import io.orchflow.gateway.session.Principal;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which headers pass between a client and a service.
final class HeaderRules {

    private static final Set<String> NOT_UP =
            Set.of(
                    "authorization",
                    "cookie",
                    "expect",
                    "forwarded",
                    "host",
                    "proxy-authorization",
                    "x-real-ip",
                    "x-client-ip");
    private static final Set<String> NOT_DOWN =
            Set.of("set-cookie", "server", "x-powered-by", "strict-transport-security");
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private HeaderRules() {}

    /// Takes away what only the gateway may say, and says it: who calls, and from where.
    static void toService(MultiMap headers, Principal principal, String address) {
        removeHopByHop(headers);
        for (var name : List.copyOf(headers.names())) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (NOT_UP.contains(lower) || identity(lower) || lower.startsWith("x-forwarded-")) {
                headers.remove(name);
            }
        }
        headers.set("X-Forwarded-For", address);
        switch (principal) {
            case Principal.Visitor _ -> {}
            case Principal.Person person -> bearer(headers, person.token().value());
            case Principal.Machine machine -> bearer(headers, machine.token().value());
        }
    }

    /// For an answer: takes away what was meant for the gateway.
    static void toClient(MultiMap headers) {
        removeHopByHop(headers);
        for (var name : List.copyOf(headers.names())) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (NOT_DOWN.contains(lower)
                    || identity(lower)
                    || lower.startsWith("access-control-")
                    || lower.startsWith("content-security-policy")) {
                headers.remove(name);
            }
        }
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
    }

    private static void removeHopByHop(MultiMap headers) {
        for (var value : List.copyOf(headers.getAll("Connection"))) {
            for (var name : value.split(",", -1)) {
                headers.remove(name.strip());
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }

    private static boolean identity(String name) {
        return name.startsWith("orchflow-") || name.startsWith("x-orchflow-");
    }

    private static void bearer(MultiMap headers, String token) {
        headers.set("Authorization", "Bearer " + token);
    }
}
