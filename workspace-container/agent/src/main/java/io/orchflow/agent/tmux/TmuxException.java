package io.orchflow.agent.tmux;

/// tmux refused a command, or is not to be reached.
public final class TmuxException extends RuntimeException {

    private final boolean gone;

    private TmuxException(String message, boolean gone) {
        super(message);
        this.gone = gone;
    }

    static TmuxException refused(String message) {
        return new TmuxException("tmux: " + message, false);
    }

    public static TmuxException gone(String message) {
        return new TmuxException(message, true);
    }

    /// True when tmux is not there, false when it refused.
    public boolean isGone() {
        return gone;
    }
}
