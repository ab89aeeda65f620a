package io.orchflow.orchestration.mail;

import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.Topology;
import java.util.List;

/// Who may write to whom, by the plan's topology.
///
/// @param tasks of one plan
record Routes(Topology topology, List<PlannedTask> tasks) {
    Routes {
        tasks = List.copyOf(tasks);
    }

    /// @param from id of a task
    /// @param to id of a task
    boolean open(String from, String to) {
        if (from.equals(to)) {
            return false;
        }
        return switch (topology) {
            case SINGLE, PARALLEL, MESH -> true;
            case PIPELINE, HIERARCHICAL -> waits(from, to) || waits(to, from);
        };
    }

    private boolean waits(String task, String other) {
        return tasks.stream()
                .anyMatch(one -> one.id().equals(task) && one.dependsOn().contains(other));
    }
}
