package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
import io.orchflow.orchestration.permission.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a program of the protocol asks permission for.
final class AcpWish {
    private AcpWish() {}

    /// @throws IllegalArgumentException it is longer than a person could be shown
    static Wanted of(AcpSchema.@Nullable ToolCallUpdate call) {
        if (call == null) {
            return new Wanted(Wanted.Kind.OTHER, "what it asked for", List.of(), null, null);
        }
        var input = call.rawInput() instanceof Map<?, ?> map ? map : Map.of();
        var title = Objects.requireNonNullElse(call.title(), "what it asked for");
        var cwd = text(input.get("cwd"));
        var command = text(input.get("command"));
        if (command != null) {
            var line = List.of("sh", "-c", command);
            return new Wanted(Wanted.Kind.COMMAND, title, line, cwd, null);
        }
        var changes = changes(call);
        return changes.isEmpty()
                ? new Wanted(Wanted.Kind.OTHER, title, List.of(), cwd, input.toString())
                : new Wanted(Wanted.Kind.EDIT, title, List.of(), cwd, changes);
    }

    private static String changes(AcpSchema.ToolCallUpdate call) {
        return Objects.requireNonNullElse(call.content(), List.<AcpSchema.ToolCallContent>of())
                .stream()
                .filter(AcpSchema.ToolCallDiff.class::isInstance)
                .map(AcpSchema.ToolCallDiff.class::cast)
                .map(
                        diff ->
                                diff.path()
                                        + "\n"
                                        + marked("-", diff.oldText())
                                        + marked("+", diff.newText()))
                .collect(Collectors.joining());
    }

    private static String marked(String mark, @Nullable String text) {
        return text == null
                ? ""
                : text.lines().map(line -> mark + line + "\n").collect(Collectors.joining());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
