package io.orchflow.orchestration.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;

/// How a task becomes a pane's command. Pure: launching is the worker's.
public sealed interface Adapter permits RecipeAdapter, CommandAdapter {

    ObjectMapper JSON = new ObjectMapper();

    static Adapter of(AdapterKind kind) {
        return switch (kind) {
            case RECIPE -> new RecipeAdapter();
            case COMMAND -> new CommandAdapter();
        };
    }

    /// @param request what the person asked for
    /// @param messages what people told the swarm before this attempt
    /// @throws IllegalArgumentException the task is not of this kind
    Launch launch(PlannedTask task, String request, List<String> messages);

    /// @param command argv, run in the clone
    /// @param input JSON, readable at `$ORCHFLOW_INPUT`
    record Launch(List<String> command, String input) {}

    /// What every agent can read about its task.
    static ObjectNode input(PlannedTask task, String request, List<String> messages) {
        var input = JSON.createObjectNode();
        var about = input.putObject("task");
        about.put("id", task.id());
        about.put("title", task.title());
        about.put("role", task.role());
        if (task.prompt() != null) {
            about.put("prompt", task.prompt());
        }
        var parameters = input.putObject("parameters");
        task.parameters().forEach(parameters::put);
        input.put("request", request);
        var told = input.putArray("messages");
        messages.forEach(told::add);
        return input;
    }
}
