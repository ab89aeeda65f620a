package io.orchflow.orchestration.plan;

import java.util.List;

/// A plan's content: a directed acyclic graph of tasks, and where it came from.
///
/// @param confidence 0..1, how sure its planner was
public record Plan(
        PlanSource source, double confidence, Topology topology, List<PlannedTask> tasks) {

    public Plan {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
        tasks = List.copyOf(tasks);
    }
}
