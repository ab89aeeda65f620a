package io.orchflow.orchestration.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A planned task as JSON: in the API, both ways, and in the rows of plans and swarms.
public record TaskBody(
        @Nullable String id,
        @Nullable String title,
        @Nullable String role,
        @Nullable String adapter,
        @Nullable String prompt,
        @Nullable String recipe,
        @Nullable List<@Nullable String> command,
        @Nullable Map<String, @Nullable String> parameters,
        @Nullable List<@Nullable String> dependsOn,
        @Nullable List<@Nullable CheckBody> acceptance) {

    /// @param command a line for `sh -c`
    public record CheckBody(@Nullable String command) {}

    public static TaskBody of(PlannedTask task) {
        return new TaskBody(
                task.id(),
                task.title(),
                task.role(),
                task.adapter().word(),
                task.prompt(),
                task.recipe(),
                task.command().isEmpty() ? null : List.copyOf(task.command()),
                task.parameters().isEmpty() ? null : Map.copyOf(task.parameters()),
                List.copyOf(task.dependsOn()),
                task.acceptance().stream().map(check -> new CheckBody(check.command())).toList());
    }
}
