package io.orchflow.gateway.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which service answers a path.
///
/// @param upstream name of the service
/// @param credentials the body carries a credential: its answer may start a session
/// @param upload the body is a file, not JSON
record Route(String upstream, boolean credentials, boolean upload) {

    private static final Map<String, String> SERVICES =
            Map.ofEntries(
                    Map.entry("auth", "auth"),
                    Map.entry("workspaces", "workspaces"),
                    Map.entry("terminal", "terminal"),
                    Map.entry("conversations", "orchestration"),
                    Map.entry("plans", "orchestration"),
                    Map.entry("swarms", "orchestration"),
                    Map.entry("approvals", "orchestration"),
                    Map.entry("questions", "orchestration"),
                    Map.entry("models", "orchestration"),
                    Map.entry("adapters", "orchestration"),
                    Map.entry("orchestration", "orchestration"));

    private static final List<String> CREDENTIALS =
            List.of("/api/auth/register", "/api/auth/login", "/api/auth/share-links/redeem");

    /// @param path normalised path of the request
    static Optional<Route> of(String path) {
        var segments = path.split("/", 4);
        if (segments.length < 3 || !segments[1].equals("api")) {
            return Optional.empty();
        }
        return Optional.ofNullable(SERVICES.get(segments[2]))
                .map(name -> new Route(name, CREDENTIALS.contains(path), false));
    }
}
