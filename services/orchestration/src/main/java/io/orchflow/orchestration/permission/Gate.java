package io.orchflow.orchestration.permission;

/// Whether an agent may do something. Calls block until that is known.
public interface Gate {
    /// For an agent that need not ask.
    Gate FREE =
            new Gate() {
                @Override
                public boolean asks() {
                    return false;
                }

                @Override
                public boolean permits(Wanted wanted) {
                    return true;
                }
            };

    /// Whether a person is asked.
    default boolean asks() {
        return true;
    }

    boolean permits(Wanted wanted) throws InterruptedException;
}
