package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What the dependencies between tasks bring about.
final class TaskGraph {

    private TaskGraph() {}

    /// WAITING tasks whose dependencies are all DONE become READY.
    static List<Task> released(List<Task> tasks) {
        var done = new HashSet<String>();
        for (var task : tasks) {
            if (task.state() instanceof TaskState.Done) {
                done.add(task.id());
            }
        }
        return tasks.stream()
                .map(
                        task ->
                                task.state() instanceof TaskState.Waiting waits
                                                && done.containsAll(task.planned().dependsOn())
                                        ? task.in(waits.ready())
                                        : task)
                .toList();
    }

    /// What waits for a FAILED task, directly or not, is CANCELLED.
    static List<Task> cancelDependants(List<Task> tasks, String failed) {
        var reason = "task " + failed + " failed";
        var dependants = dependants(tasks, failed);
        return tasks.stream()
                .map(t -> dependants.contains(t.id()) ? t.in(cancel(t.state(), reason)) : t)
                .toList();
    }

    /// Of those, only what has not begun: the others run on what was good when they began.
    static List<Task> cancelUnbegun(List<Task> tasks, String failed) {
        var cancelled = cancelDependants(tasks, failed);
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> unbegun(tasks.get(i)) ? cancelled.get(i) : tasks.get(i))
                .toList();
    }

    private static boolean unbegun(Task task) {
        return task.state() instanceof TaskState.Waiting || task.state() instanceof TaskState.Ready;
    }

    /// What a task had cancelled waits for it again.
    static List<Task> reviveDependants(List<Task> tasks, String retried) {
        var dependants = dependants(tasks, retried);
        return tasks.stream()
                .map(
                        task ->
                                task.state() instanceof TaskState.Cancelled cancelled
                                                && dependants.contains(task.id())
                                        ? task.in(cancelled.revive())
                                        : task)
                .toList();
    }

    static List<Task> cancelAll(List<Task> tasks, String reason) {
        return tasks.stream().map(task -> task.in(cancel(task.state(), reason))).toList();
    }

    private static Set<String> dependants(List<Task> tasks, String of) {
        var ids = new ArrayList<>(List.of(of));
        for (int i = 0; i < ids.size(); i++) {
            for (var task : tasks) {
                if (task.planned().dependsOn().contains(ids.get(i)) && !ids.contains(task.id())) {
                    ids.add(task.id());
                }
            }
        }
        var found = new HashSet<>(ids);
        found.remove(of);
        return found;
    }

    /// Settled tasks stay as they are.
    private static TaskState cancel(TaskState state, String reason) {
        return switch (state) {
            case TaskState.Waiting waits -> waits.cancel(reason);
            case TaskState.Ready ready -> ready.cancel(reason);
            case TaskState.Running running -> running.cancel(reason);
            case TaskState.Verifying verifying -> verifying.cancel(reason);
            case TaskState.Done _, TaskState.Failed _, TaskState.Cancelled _ -> state;
        };
    }
}
