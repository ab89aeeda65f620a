package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;

/// What goes on in a swarm that holds.
final class HeldWork {

    private HeldWork() {}

    /// What has begun, but for what waits for a person.
    static boolean goesOn(Task task) {
        return switch (task.state()) {
            case TaskState.Running _ -> true;
            case TaskState.Verifying(var _, var work, var _) -> {
                var review = task.review();
                yield review == null || task.cleared(work.commit());
            }
            case TaskState.Waiting _,
                    TaskState.Ready _,
                    TaskState.Done _,
                    TaskState.Failed _,
                    TaskState.Cancelled _ ->
                    false;
        };
    }

    /// Whether everything that had begun has come to its end.
    static boolean over(Swarm swarm) {
        return swarm.tasks().stream().noneMatch(HeldWork::goesOn)
                && swarm.agents().stream().noneMatch(agent -> agent.state().live());
    }
}
