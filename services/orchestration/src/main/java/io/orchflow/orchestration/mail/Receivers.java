package io.orchflow.orchestration.mail;

import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.Task;
import java.util.List;

/// The tasks whose agents a message is for: what waits for a task is read by whoever works on it,
/// a later attempt included.
final class Receivers {
    static final String ALL = "all";
    static final String PEOPLE = "people";

    private Receivers() {}

    /// @param to `all`, or the id of an agent, the id of a task, or a role, in this order
    /// @return none where nobody is meant, or all that are meant have settled
    static List<Task> of(Swarm swarm, String fromTask, String to) {
        var open =
                swarm.tasks().stream()
                        .filter(task -> !task.id().equals(fromTask) && !task.state().settled())
                        .toList();
        if (to.equals(ALL)) {
            return open;
        }
        var byAgent = swarm.agent(to);
        if (byAgent.isPresent()) {
            var taskId = byAgent.get().taskId();
            return open.stream().filter(task -> task.id().equals(taskId)).toList();
        }
        if (swarm.task(to).isPresent()) {
            return open.stream().filter(task -> task.id().equals(to)).toList();
        }
        return open.stream().filter(task -> task.planned().role().equals(to)).toList();
    }
}
