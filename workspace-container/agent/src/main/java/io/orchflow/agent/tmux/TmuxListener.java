package io.orchflow.agent.tmux;

/// What the control client hears without having asked. All calls come from its reader thread, in
/// the stream's order, and must not block.
public interface TmuxListener {

    /// Bytes of a pane's program; the array belongs to the caller.
    void output(int pane, byte[] buffer, int length);

    /// One read of the stream was worked through: time to pass output on.
    void drained();

    /// This pane's output was stopped by tmux and unsent bytes are lost; it needs `refresh-client
    /// -A %n:continue`.
    void paused(int pane);

    /// The control client has ended without being told to.
    void disconnected();
}
