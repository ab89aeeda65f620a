package io.orchflow.orchestration.loop;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.orchflow.orchestration.permission.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the model may do. `workspace-container/profiles/lib/tools.mjs` does it.
final class ToolKit {
    static final String FINISH = "finish";

    private static final Map<String, ToolSpecification> ALL =
            List.of(
                            tool(
                                    "run",
                                    "Runs a line for sh -c in the root of the clone and gives back its output and exit code."
                                            + " Whatever it has started is ended with it. It has no terminal and no input.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("command")
                                            .addIntegerProperty(
                                                    "timeoutSeconds",
                                                    "1 to 3600; 120 where it is left out.")
                                            .required("command")),
                            tool(
                                    "read",
                                    "Gives back a text file, or the names in a folder.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("path", "Below the clone's root.")
                                            .addIntegerProperty("from", "The first line, from 1.")
                                            .addIntegerProperty("lines", "How many at most.")
                                            .required("path")),
                            tool(
                                    "write",
                                    "Writes a whole file; folders that are missing are made.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("path", "Below the clone's root.")
                                            .addStringProperty("content")
                                            .required("path", "content")),
                            tool(
                                    "replace",
                                    "Replaces a piece of a file that is in it exactly once.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("path", "Below the clone's root.")
                                            .addStringProperty("old", "The piece, to the letter.")
                                            .addStringProperty("new", "What stands there instead.")
                                            .required("path", "old", "new")),
                            tool(
                                    "search",
                                    "Finds the lines of files that an extended regular expression matches.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("pattern")
                                            .addStringProperty(
                                                    "path",
                                                    "A file or folder; the clone's root where it is left out.")
                                            .required("pattern")),
                            tool(
                                    "ask",
                                    "Asks a person and waits for the answer, which may take long:"
                                            + " only for what you cannot decide or find out.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty("question")
                                            .required("question")),
                            tool(
                                    FINISH,
                                    "Ends the work, when it is done or cannot be done.",
                                    JsonObjectSchema.builder()
                                            .addStringProperty(
                                                    "summary",
                                                    "A short account of what you did and what you could not do.")
                                            .required("summary")))
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(ToolSpecification::name, one -> one));

    private ToolKit() {}

    /// What a person may have to allow; null where a call changes nothing.
    ///
    /// @throws IllegalArgumentException it is too long to be shown
    static @Nullable Wanted wanted(Hands.Call call) {
        return switch (call.tool()) {
            case "run" -> {
                var line = CallMapper.text(call, "command");
                yield new Wanted(Wanted.Kind.COMMAND, line, List.of("sh", "-c", line), null, null);
            }
            case "write" ->
                    new Wanted(
                            Wanted.Kind.EDIT,
                            "write " + CallMapper.text(call, "path"),
                            List.of(),
                            null,
                            CallMapper.text(call, "content"));
            case "replace" ->
                    new Wanted(
                            Wanted.Kind.EDIT,
                            "replace in " + CallMapper.text(call, "path"),
                            List.of(),
                            null,
                            marked("-", CallMapper.text(call, "old"))
                                    + marked("+", CallMapper.text(call, "new")));
            default -> null;
        };
    }

    private static String marked(String mark, String text) {
        return text.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }

    private static ToolSpecification tool(
            String name, String description, JsonObjectSchema.Builder parameters) {
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(parameters.additionalProperties(false).build())
                .build();
    }

    /// In a fixed order, so that providers can keep what they have read.
    static List<ToolSpecification> all() {
        return names().stream().map(ALL::get).toList();
    }

    static List<String> names() {
        return List.of("run", "read", "write", "replace", "search", "ask", FINISH);
    }

    static Optional<JsonObjectSchema> parameters(String name) {
        return Optional.ofNullable(ALL.get(name)).map(ToolSpecification::parameters);
    }
}
