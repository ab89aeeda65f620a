package io.orchflow.orchestration.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.plan.Catalogues;
import io.orchflow.orchestration.plan.PlanRules;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.TaskBody;
import io.orchflow.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a model's answer, and holds it to the rules of plans and to more: what it may not ask for
/// is not in the schema that it is given.
final class DraftMapper {
    static final int MOST_TASKS = 12;
    private static final int LONGEST_TEXT = 4_000;
    private static final int MOST_OPTIONS = 5;
    private static final int MOST_ERRORS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// What is green whatever was done.
    private static final Pattern PROVES_NOTHING =
            Pattern.compile("\\s*(true|:|exit 0|echo\\b[^&|;]*|printf\\b[^&|;]*)\\s*;?\\s*");

    private final Catalogues catalogues;

    DraftMapper(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    Draft read(String answer) {
        var from = answer.indexOf('{');
        var to = answer.lastIndexOf('}');
        if (from < 0 || to < from) {
            return new Draft.Unfit("it holds no JSON object");
        }
        JsonNode said;
        try {
            said = JSON.readTree(answer.substring(from, to + 1));
        } catch (JsonProcessingException e) {
            return new Draft.Unfit("it is no JSON: " + e.getOriginalMessage());
        }
        return switch (said.path("kind").asText()) {
            case "plan" -> plan(said);
            case "question" -> question(said);
            case "talk" -> {
                var text = text(said, "text");
                yield text.isEmpty() ? new Draft.Unfit("text is missing") : new Draft.Words(text);
            }
            default -> new Draft.Unfit("kind is plan, question or talk");
        };
    }

    private static Draft question(JsonNode said) {
        var text = text(said, "text");
        var options = new ArrayList<String>();
        for (var option : said.path("options")) {
            if (option.isTextual() && !option.asText().isBlank()) {
                options.add(cut(option.asText().strip(), 200));
            }
        }
        return text.isEmpty()
                ? new Draft.Unfit("text is missing")
                : new Draft.Ask(text, options.stream().limit(MOST_OPTIONS).toList());
    }

    private Draft plan(JsonNode said) {
        var wrong = new ArrayList<String>();
        var summary = text(said, "summary");
        if (summary.isEmpty()) {
            wrong.add("summary is missing");
        }
        var confidence = said.path("confidence");
        if (!confidence.isNumber() || confidence.asDouble() < 0 || confidence.asDouble() > 1) {
            wrong.add("confidence is a number from 0 to 1");
        }
        if (said.path("tasks").size() > MOST_TASKS) {
            wrong.add("tasks has more than " + MOST_TASKS);
        }
        var bodies = new ArrayList<TaskBody>();
        for (int i = 0; i < Math.min(said.path("tasks").size(), MOST_TASKS); i++) {
            bodies.add(task("tasks[" + i + "]", said.path("tasks").get(i), wrong));
        }
        var tasks = held(bodies, wrong);
        return wrong.isEmpty()
                ? new Draft.Tasks(summary, confidence.asDouble(), tasks)
                : new Draft.Unfit(
                        wrong.stream().limit(MOST_ERRORS).collect(Collectors.joining("; ")));
    }

    private static TaskBody task(String field, JsonNode said, List<String> wrong) {
        var prompt = textOrNull(said, "prompt");
        if (prompt == null || prompt.isBlank()) {
            wrong.add(field + ".prompt is missing");
        }
        var checks = new ArrayList<TaskBody.@Nullable CheckBody>();
        for (var check : said.path("acceptance")) {
            var line = check.isTextual() ? check.asText() : check.path("command").asText("");
            if (PROVES_NOTHING.matcher(line).matches()) {
                wrong.add(field + ".acceptance has a check that passes whatever was done: " + line);
            }
            checks.add(new TaskBody.CheckBody(line));
        }
        if (checks.isEmpty()) {
            wrong.add(field + ".acceptance has no check");
        }
        var dependsOn = new ArrayList<@Nullable String>();
        said.path("dependsOn").forEach(id -> dependsOn.add(id.asText()));
        return new TaskBody(
                textOrNull(said, "id"),
                textOrNull(said, "title"),
                textOrNull(said, "role"),
                "model",
                prompt,
                null,
                null,
                null,
                null,
                null,
                dependsOn,
                checks,
                null,
                null,
                null,
                null);
    }

    private List<PlannedTask> held(List<@Nullable TaskBody> bodies, List<String> wrong) {
        try {
            return PlanRules.tasks(bodies, catalogues);
        } catch (ProblemException e) {
            e.problem()
                    .errors()
                    .forEach(
                            error ->
                                    wrong.add(
                                            error.field()
                                                    + ": "
                                                    + error.message().replaceAll("\\.$", "")));
            return List.of();
        }
    }

    private static String text(JsonNode said, String field) {
        var value = said.path(field);
        return value.isTextual() ? cut(value.asText().strip(), LONGEST_TEXT) : "";
    }

    private static @Nullable String textOrNull(JsonNode said, String field) {
        var value = said.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
