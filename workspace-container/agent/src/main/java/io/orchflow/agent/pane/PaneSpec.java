package io.orchflow.agent.pane;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What to run in a new pane.
///
/// @param paneId made by [#newId]; the caller knows it before the pane is there, to put it into the
///     environment
/// @param requestId a second launch with the same one finds the first one's pane, also after a
///     restart; null: no such wish
/// @param opener holds the lease at first
/// @param agentId the swarm attempt this pane belongs to; null for a person's pane
/// @param argv the program and its arguments, run as they are, by no shell; never logged
/// @param environment the program's whole environment: nothing is inherited; never logged
/// @param cwd absolute
public record PaneSpec(
        String paneId,
        @Nullable String requestId,
        Principal opener,
        @Nullable String agentId,
        @Nullable String swarmId,
        String title,
        Size size,
        List<String> argv,
        Map<String, String> environment,
        Path cwd) {

    public PaneSpec {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("command is empty");
        }
        if (!cwd.isAbsolute()) {
            throw new IllegalArgumentException("cwd is not absolute: " + cwd);
        }
    }

    /// A pane id that was never used.
    public static String newId() {
        return UUID.randomUUID().toString();
    }
}
