package io.orchflow.workspaces.workspace;

import java.util.Locale;

/// What stands between an agent's task and the rest of its workspace and machine.
public enum Isolation {
    NONE,
    NAMESPACES,
    CONTAINER,
    KUBERNETES;

    /// The word of the public contract, lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException no such word
    public static Isolation of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
