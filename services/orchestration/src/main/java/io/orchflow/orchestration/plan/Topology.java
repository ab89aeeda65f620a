package io.orchflow.orchestration.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The shape of a plan's team. The dependencies decide what runs when; the topology says it in one
/// word.
public enum Topology {
    /// One task.
    SINGLE,
    /// Each task follows the one before.
    PIPELINE,
    /// Tasks that do not wait for each other.
    PARALLEL,
    /// One task opens, several work at once, one closes.
    HIERARCHICAL,
    /// Any other graph.
    MESH;

    /// As in the API: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Topology> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
    }
}
