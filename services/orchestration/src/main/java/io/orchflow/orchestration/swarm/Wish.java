package io.orchflow.orchestration.swarm;

/// What was asked of a swarm; its state follows once the workspace shows it.
///
/// @param by the user who asked; `system` after a restart of the workspace, `budget` where no more
///     may be spent
public record Wish(Kind kind, String by) {

    public static final String SYSTEM = "system";
    public static final String BUDGET = "budget";

    public enum Kind {
        RUN,
        PAUSE,
        CANCEL
    }

    public boolean byPerson() {
        return !by.equals(SYSTEM) && !by.equals(BUDGET);
    }
}
