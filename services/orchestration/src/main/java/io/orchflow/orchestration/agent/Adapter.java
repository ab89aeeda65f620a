package io.orchflow.orchestration.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.task.Returned;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a task becomes a pane's command. Pure: launching is the worker's.
public sealed interface Adapter
        permits RecipeAdapter, CommandAdapter, ProgramAdapter, ModelAdapter {

    ObjectMapper JSON = new ObjectMapper();

    static Adapter of(PlannedTask task) {
        return switch (task.adapter()) {
            case RECIPE -> new RecipeAdapter();
            case COMMAND -> task.program() == null ? new CommandAdapter() : new ProgramAdapter();
            case ACP -> new ProgramAdapter();
            case MODEL -> new ModelAdapter();
        };
    }

    /// @throws IllegalArgumentException the task is not of this kind
    Launch launch(PlannedTask task, Briefing briefing);

    /// What an attempt is told besides its task.
    ///
    /// @param request what the person asked for
    /// @param messages what people told the swarm before this attempt
    /// @param model what it works with; absent: nothing
    /// @param returned what of an earlier attempt was not taken; its commit is on the branch
    ///     `earlier` of the clone
    record Briefing(
            String request,
            List<String> messages,
            @Nullable ModelAccess model,
            @Nullable Returned returned) {
        public Briefing {
            messages = List.copyOf(messages);
        }
    }

    /// A model, and what lets the agent in.
    ///
    /// @param token shown to the proxy; a secret of the attempt
    record ModelAccess(ModelChoice choice, String token) {}

    /// @param command argv, run in the clone
    /// @param input JSON, readable at `$ORCHFLOW_INPUT`
    /// @param environment besides what every attempt gets
    /// @param model whether it needs a way to a model
    record Launch(
            List<String> command, String input, Map<String, String> environment, boolean model) {
        static Launch plain(List<String> command, String input) {
            return new Launch(command, input, Map.of(), false);
        }
    }

    /// What every agent can read about its task.
    static ObjectNode input(PlannedTask task, Briefing briefing) {
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
        input.put("request", briefing.request());
        var told = input.putArray("messages");
        briefing.messages().forEach(told::add);
        return input;
    }
}
