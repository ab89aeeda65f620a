package io.orchflow.orchestration.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// The tools at hand, and every call of them: held to a rate, to the parameters, and to the swarm
/// that has to run.
@Singleton
public class ToolCalls {
    private static final Logger LOG = Logger.getLogger(ToolCalls.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 120;

    private final List<Tool> tools;
    private final CallRate rate = new CallRate(MOST, Duration.ofMinutes(1), System::nanoTime);

    ToolCalls(@All List<Tool> tools) {
        this.tools = tools.stream().sorted(Comparator.comparing(Tool::name)).toList();
    }

    /// By their names.
    public List<Tool> all() {
        return tools;
    }

    /// @param arguments a JSON object, or nothing
    /// @param heard whether somebody still waits for the answer
    /// @return for the model
    /// @throws ToolRefused it was not called as it has to be, or says no
    public String call(Tool tool, JsonNode arguments, AskingAgent agent, BooleanSupplier heard)
            throws ToolRefused, InterruptedException {
        if (!rate.tryCall(agent.caller().agentId())) {
            throw new ToolRefused(
                    "You have called " + MOST + " tools in a minute. Work, and call later.");
        }
        if (!agent.mayAsk()) {
            throw new ToolRefused("Your swarm is paused or ended. Call again once it goes on.");
        }
        var held = Arguments.of(tool.parameters(), values(arguments));
        try {
            return tool.call(held, agent, heard);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Tool failed tool=%s agentId=%s", tool.name(), agent.caller().agentId());
            throw new ToolRefused("orchflow could not do it now. Go on, or try it later.");
        }
    }

    private static Map<String, Object> values(JsonNode arguments) throws ToolRefused {
        var values = new HashMap<String, Object>();
        if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
            throw new ToolRefused("The arguments are no object.");
        }
        for (var entry : arguments.properties()) {
            if (!entry.getValue().isNull()) {
                values.put(entry.getKey(), value(entry.getValue()));
            }
        }
        return values;
    }

    private static Object value(JsonNode node) throws ToolRefused {
        try {
            return JSON.treeToValue(node, Object.class);
        } catch (JsonProcessingException e) {
            throw new ToolRefused("The arguments cannot be read.");
        }
    }
}
