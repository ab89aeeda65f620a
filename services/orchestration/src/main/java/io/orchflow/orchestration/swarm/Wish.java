package io.orchflow.orchestration.swarm;

/// What was asked of a swarm; its state follows once the workspace shows it.
///
/// @param by the user who asked; `system` after a restart of the workspace, `budget` where no more
///     may be spent
/// @param level how far a pause goes; without meaning for the others
public record Wish(Kind kind, String by, PauseLevel level) {

    /// With the usual level.
    public Wish(Kind kind, String by) {
        this(kind, by, PauseLevel.FREEZE);
    }

    public static final String SYSTEM = "system";
    public static final String BUDGET = "budget";

    public enum Kind {
        RUN,
        PAUSE,
        CANCEL
    }

    /// Whether what is at work may go on to its end.
    public boolean holds() {
        return kind == Kind.PAUSE && level == PauseLevel.HOLD;
    }

    /// As in the API.
    public String cause() {
        return switch (by) {
            case SYSTEM -> "restart";
            case BUDGET -> "budget";
            default -> "person";
        };
    }

    public boolean byPerson() {
        return !by.equals(SYSTEM) && !by.equals(BUDGET);
    }
}
