package io.orchflow.agent.pane;

/// Actors that are no one's.
public final class Principals {

    /// The workspace agent itself.
    public static final Principal SYSTEM =
            new Principal(Principal.Kind.SYSTEM, "workspace-agent", "workspace agent");

    private Principals() {}
}
