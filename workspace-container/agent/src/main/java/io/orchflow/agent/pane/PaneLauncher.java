package io.orchflow.agent.pane;

/// Opens panes.
public interface PaneLauncher {

    /// Starts the program in a new pane and returns when tmux has started it. Blocks for some
    /// milliseconds.
    ///
    /// @throws io.grpc.StatusRuntimeException UNAVAILABLE while tmux is not to be reached,
    ///     RESOURCE_EXHAUSTED when the workspace has too many panes
    Pane launch(PaneSpec spec);
}
