package io.orchflow.terminal.ticket;

import io.orchflow.problem.Problems;
import java.util.Locale;

/// What a viewer of a pane may do: a driver may type once it holds the lease.
public enum PaneRole {
    DRIVER,
    VIEWER;

    /// The word of the public contract.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws io.orchflow.problem.ProblemException 400 for another word
    public static PaneRole parse(String word) {
        return switch (word) {
            case "driver" -> DRIVER;
            case "viewer" -> VIEWER;
            default ->
                    throw Problems.badInput(
                            "role", "unknown", "role is " + word + "; it is driver or viewer.");
        };
    }
}
