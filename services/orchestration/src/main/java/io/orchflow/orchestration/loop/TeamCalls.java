package io.orchflow.orchestration.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.orchflow.orchestration.mcp.Parameter;
import io.orchflow.orchestration.mcp.Tool;
import io.orchflow.orchestration.mcp.ToolCalls;
import io.orchflow.orchestration.mcp.ToolRefused;
import io.orchflow.orchestration.tunnel.AskingAgent;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The tools that other programs get by MCP, for the agent of ours.
final class TeamCalls implements TeamTools {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// It has its own.
    private static final String ASK = "ask_for_help";

    private final ToolCalls calls;
    private final AskingAgent agent;
    private final BooleanSupplier open;
    private final List<ToolSpecification> all;

    TeamCalls(ToolCalls calls, AskingAgent agent, BooleanSupplier open) {
        this.calls = calls;
        this.agent = agent;
        this.open = open;
        this.all =
                calls.all().stream()
                        .filter(tool -> !tool.name().equals(ASK))
                        .map(TeamCalls::specification)
                        .toList();
    }

    private static ToolSpecification specification(Tool tool) {
        var schema = JsonObjectSchema.builder().additionalProperties(false);
        for (var parameter : tool.parameters()) {
            switch (parameter.kind()) {
                case TEXT -> schema.addStringProperty(parameter.name(), parameter.description());
                case NUMBER -> schema.addIntegerProperty(parameter.name(), parameter.description());
                case TEXTS ->
                        schema.addProperty(
                                parameter.name(),
                                JsonArraySchema.builder()
                                        .description(parameter.description())
                                        .items(new JsonStringSchema())
                                        .build());
            }
        }
        schema.required(
                tool.parameters().stream()
                        .filter(Parameter::required)
                        .map(Parameter::name)
                        .toList());
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(schema.build())
                .build();
    }

    @Override
    public List<ToolSpecification> all() {
        return all;
    }

    @Override
    public String call(Hands.Call call) throws InterruptedException {
        var tool =
                calls.all().stream()
                        .filter(one -> one.name().equals(call.tool()))
                        .findFirst()
                        .orElseThrow();
        try {
            return calls.call(tool, JSON.readTree(call.arguments()), agent, open);
        } catch (JsonProcessingException e) {
            return "The arguments are no JSON. Nothing was done.";
        } catch (ToolRefused e) {
            return e.words();
        }
    }
}
