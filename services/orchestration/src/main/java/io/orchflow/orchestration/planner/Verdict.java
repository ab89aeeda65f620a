package io.orchflow.orchestration.planner;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a message asks for: a probability for each label. Labels are the recipes' ids and the words
/// of [Label].
record Verdict(Map<String, Double> probabilities) {

    Verdict {
        probabilities = Map.copyOf(probabilities);
    }

    /// The likeliest label first.
    List<String> ranking() {
        return probabilities.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    String best() {
        return ranking().getFirst();
    }

    /// 0..1
    double confidence(String label) {
        return probabilities.getOrDefault(label, 0.0);
    }
}
