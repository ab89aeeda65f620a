package io.orchflow.orchestration.mcp;

import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmRepository;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.tunnel.AskingAgent;
import jakarta.inject.Singleton;
import java.util.List;

/// The tasks of the agent's own swarm.
@Singleton
public class ReadPlanTool implements Tool {
    private final SwarmRepository swarms;

    ReadPlanTool(SwarmRepository swarms) {
        this.swarms = swarms;
    }

    @Override
    public String name() {
        return "read_plan";
    }

    @Override
    public String description() {
        return "Gives the tasks of your swarm: ids, titles, roles, states, and which agents work on them.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public String call(Arguments arguments, AskingAgent agent) throws ToolRefused {
        var swarm =
                swarms.find(agent.caller().swarmId())
                        .orElseThrow(() -> new ToolRefused("Your swarm is not there any more."));
        return told(swarm, agent.caller().agentId());
    }

    static String told(Swarm swarm, String self) {
        var text = new StringBuilder(Quote.label()).append('\n');
        for (var task : swarm.tasks()) {
            text.append(line(swarm, task, self)).append('\n');
        }
        return text.toString();
    }

    private static String line(Swarm swarm, Task task, String self) {
        var planned = task.planned();
        var line = new StringBuilder("> task ").append(task.id()).append(": ");
        line.append(planned.title().replaceAll("\\s+", " ")).append(" | role ");
        line.append(planned.role()).append(" | ").append(task.state().word());
        if (!planned.dependsOn().isEmpty()) {
            line.append(" | after ").append(String.join(", ", planned.dependsOn()));
        }
        for (var agent : swarm.agents()) {
            if (agent.taskId().equals(task.id()) && agent.state().live()) {
                line.append(" | agent ")
                        .append(agent.id())
                        .append(' ')
                        .append(agent.state().word());
                line.append(agent.id().equals(self) ? " (you)" : "");
            }
        }
        return line.toString();
    }
}
