package io.orchflow.orchestration.swarm;

/// What was asked of a swarm; its state follows once the workspace shows it.
///
/// @param by the user who asked; `system` after a restart of the workspace
public record Wish(Kind kind, String by) {

    public static final String SYSTEM = "system";

    public enum Kind {
        RUN,
        PAUSE,
        CANCEL
    }
}
