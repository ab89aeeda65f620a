package io.orchflow.orchestration.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a task's agent is launched.
public enum AdapterKind {
    /// A deterministic playbook of the catalogue, pinned by digest.
    RECIPE,
    /// Any program, by its argv.
    COMMAND,
    /// An agent program that speaks the Agent Client Protocol, by its profile.
    ACP,
    /// An agent of ours, whose model acts in the pane through tools.
    MODEL;

    /// As in the API: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AdapterKind> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
    }
}
