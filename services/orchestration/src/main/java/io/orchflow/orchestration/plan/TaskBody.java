package io.orchflow.orchestration.plan;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A planned task as JSON: in the API, both ways, and in the rows of plans and swarms.
public record TaskBody(
        @Nullable @Schema(maxLength = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9_.:-]*$") String id,
        @Nullable String title,
        @Nullable String role,
        @Nullable String adapter,
        @Nullable @Schema(maxLength = PlanRules.LONGEST_PROMPT) String prompt,
        @Nullable @Schema(description = "Id of a recipe.") String recipe,
        @Nullable
                @Schema(
                        description = "The program, then its arguments.",
                        maxItems = PlanRules.MOST_ARGUMENTS)
                List<@Nullable String> command,
        @Nullable
                @Schema(
                        description =
                                "Instead of `command`: the agent program that does what `prompt` says. One of `GET /api/adapters`.")
                String profile,
        @Nullable
                @Schema(
                        maxLength = 300,
                        description =
                                "With `profile`, or with the adapter `model`: `provider/model` or `model`; absent: the first that the team has for it.")
                String model,
        @Nullable Map<String, @Nullable String> parameters,
        @Nullable @Schema(description = "Ids of tasks; no cycles.")
                List<@Nullable String> dependsOn,
        @Nullable @Schema(maxItems = PlanRules.MOST_CHECKS) List<@Nullable CheckBody> acceptance,
        @Nullable
                @Schema(
                        maxItems = PlanRules.MOST_GLOBS,
                        description =
                                "Globs of files that its checks read and that the task may change all the same. "
                                        + "Without them a check has to pass with those files as they were, too.")
                List<@Nullable String> mayChange,
        @Nullable
                @Schema(
                        description =
                                "The task may end without having changed anything; otherwise that fails it. "
                                        + "A `command` without a `prompt` always may: it claims nothing.")
                Boolean mayBeEmpty,
        @Nullable
                @Schema(
                        description =
                                "Its changes wait for `POST /api/swarms/{id}/tasks/{taskId}/review` before they are merged.")
                Boolean review,
        @Nullable
                @Schema(
                        enumeration = {ALLOW, ASK},
                        description =
                                "`ask`: its agent asks a person before it runs or writes something (`GET /api/approvals`); adapters acp and model. "
                                        + "Absent, or `allow`: its sandbox bounds what it does.")
                String permissions) {
    static final String ALLOW = "allow";
    static final String ASK = "ask";

    /// @param command a line for `sh -c`
    public record CheckBody(
            @Nullable
                    @Schema(
                            required = true,
                            maxLength = PlanRules.LONGEST_CHECK,
                            description = "A line for `sh -c`.")
                    String command) {}

    public static TaskBody of(PlannedTask task) {
        return new TaskBody(
                task.id(),
                task.title(),
                task.role(),
                task.adapter().word(),
                task.prompt(),
                task.recipe(),
                task.command().isEmpty() ? null : List.copyOf(task.command()),
                task.program() == null ? null : task.program().profile(),
                task.program() == null ? null : task.program().model(),
                task.parameters().isEmpty() ? null : Map.copyOf(task.parameters()),
                List.copyOf(task.dependsOn()),
                task.acceptance().stream().map(check -> new CheckBody(check.command())).toList(),
                task.allowance().mayChange().isEmpty()
                        ? null
                        : List.copyOf(task.allowance().mayChange()),
                task.allowance().mayBeEmpty() ? Boolean.TRUE : null,
                task.allowance().review() ? Boolean.TRUE : null,
                task.allowance().asks() ? ASK : null);
    }
}
