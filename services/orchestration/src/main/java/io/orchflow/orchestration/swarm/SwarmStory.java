package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What the assistant says when a swarm has ended: only what rows and evidence show. Markdown.
final class SwarmStory {

    private SwarmStory() {}

    static String of(Swarm swarm) {
        var total = swarm.tasks().size();
        var checks = swarm.tasks().stream().mapToInt(task -> task.evidence().size()).sum();
        var time = words(swarm.time().ran());
        return switch (swarm.state()) {
            case SwarmState.Completed _ ->
                    "**Done in %s.** %s verified and merged into main; %s passed on clean exports."
                            .formatted(time, count(total, "task"), count(checks, "check run"));
            case SwarmState.Failed _ ->
                    "**Not done.** %d of %s verified and merged.\n\n%s\n\nLook at the evidence, then retry a task, or change the plan."
                            .formatted(swarm.done(), count(total, "task"), failures(swarm.tasks()));
            case SwarmState.Cancelled _ ->
                    "**Cancelled.** %d of %s had been verified and merged; nothing of it runs any more."
                            .formatted(swarm.done(), count(total, "task"));
            case SwarmState.Pending _, SwarmState.Running _, SwarmState.Paused _ ->
                    throw new IllegalArgumentException("not ended: " + swarm.state().word());
        };
    }

    private static String failures(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.state() instanceof TaskState.Failed)
                .map(SwarmStory::failure)
                .collect(Collectors.joining("\n"));
    }

    private static String failure(Task task) {
        var reason = task.state() instanceof TaskState.Failed(var _, var _, var why) ? why : "";
        return "- **" + task.planned().title() + "**: " + reason;
    }

    private static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private static String words(Duration time) {
        var minutes = time.toMinutes();
        var seconds = Math.max(1, time.toSecondsPart());
        return minutes == 0 ? seconds + " s" : minutes + " min " + seconds + " s";
    }
}
