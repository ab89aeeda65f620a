package io.orchflow.orchestration.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.ArrayList;
import java.util.Objects;

/// Understands what a model calls.
final class CallMapper {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CallMapper() {}

    /// A call, or why it is none.
    sealed interface Read {}

    record Understood(Hands.Call call) implements Read {}

    /// @param why for the model
    record Mistaken(String why) implements Read {}

    /// @param team tools besides our own, which hold their arguments to what they take themselves
    static Read read(ToolExecutionRequest request, TeamTools team) {
        var schema = ToolKit.parameters(request.name());
        if (schema.isEmpty() && !team.has(request.name())) {
            return new Mistaken(
                    "There is no tool %s, only %s."
                            .formatted(request.name(), String.join(", ", ToolKit.names())));
        }
        JsonNode given;
        try {
            given = JSON.readTree(Objects.requireNonNullElse(request.arguments(), ""));
        } catch (JsonProcessingException e) {
            return new Mistaken(
                    "The arguments are no JSON: " + e.getOriginalMessage() + ". Nothing was done.");
        }
        if (!(given instanceof ObjectNode arguments)) {
            return new Mistaken("The arguments are no JSON object. Nothing was done.");
        }
        var wrong = schema.map(one -> wrong(one, arguments)).orElse("");
        return wrong.isEmpty()
                ? new Understood(new Hands.Call(request.id(), request.name(), arguments.toString()))
                : new Mistaken(wrong + " Nothing was done.");
    }

    /// A text of a call that was understood.
    static String text(Hands.Call call, String name) {
        try {
            return JSON.readTree(call.arguments()).path(name).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a call that was understood can be read", e);
        }
    }

    private static String wrong(JsonObjectSchema schema, ObjectNode arguments) {
        var wrong = new ArrayList<String>();
        for (var name : schema.required()) {
            if (!arguments.hasNonNull(name)) {
                wrong.add("The argument " + name + " is missing.");
            }
        }
        for (var entry : arguments.properties()) {
            var type = schema.properties().get(entry.getKey());
            var value = entry.getValue();
            if (type == null) {
                wrong.add("There is no argument " + entry.getKey() + ".");
            } else if (type instanceof JsonIntegerSchema) {
                if (!value.canConvertToInt() && !value.isNull()) {
                    wrong.add("The argument " + entry.getKey() + " is a whole number.");
                }
            } else if (!value.isTextual() && !value.isNull()) {
                wrong.add("The argument " + entry.getKey() + " is a text.");
            }
        }
        return String.join(" ", wrong);
    }
}
