package io.orchflow.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.Conversation.Tool;
import java.util.List;

/// Makes the call that runs a command of whatever tools an agent offers.
final class Shell {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Names of such tools, the ones that only run something first.
    private static final List<String> NAMES =
            List.of(
                    "exec_command",
                    "shell_command",
                    "shell",
                    "bash",
                    "Bash",
                    "run_shell_command",
                    "run_command",
                    "run");

    private Shell() {}

    /// @throws IllegalStateException the agent offers none
    static Turn.Call call(Conversation conversation, String command) {
        Tool tool =
                NAMES.stream()
                        .flatMap(name -> conversation.tool(name).stream())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no tool runs a command; there are "
                                                        + conversation.tools().stream()
                                                                .map(Tool::name)
                                                                .toList()));
        return new Turn.Call(tool.name(), arguments(tool.schema(), command).toString());
    }

    private static ObjectNode arguments(JsonNode schema, String command) {
        ObjectNode arguments = JSON.createObjectNode();
        JsonNode properties = schema.path("properties");
        String name = properties.has("cmd") ? "cmd" : "command";
        if (properties.path(name).path("type").asText().equals("array")) {
            arguments.putArray(name).add("bash").add("-c").add(command);
        } else {
            arguments.put(name, command);
        }
        for (JsonNode required : schema.path("required")) {
            if (!arguments.has(required.asText())) {
                fill(arguments, required.asText(), properties.path(required.asText()));
            }
        }
        return arguments;
    }

    private static void fill(ObjectNode arguments, String name, JsonNode property) {
        switch (property.path("type").asText()) {
            case "boolean" -> arguments.put(name, false);
            case "integer", "number" -> arguments.put(name, 10_000);
            case "array" -> arguments.putArray(name);
            case "object" -> arguments.putObject(name);
            default -> arguments.put(name, "scripted");
        }
    }
}
