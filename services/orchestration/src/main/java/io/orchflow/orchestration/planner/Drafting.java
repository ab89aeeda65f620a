package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.Plan;
import io.orchflow.orchestration.plan.PlanSource;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.RunLine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a plan of a recipe: titles and checks filled with the parameters.
///
/// @param folder where the program goes, `.` for the root
record Drafting(Recipe recipe, Map<String, String> parameters, String folder) {

    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    Plan plan(double confidence) {
        var names = names();
        var tasks = recipe.steps().stream().map(step -> task(step, names)).toList();
        return new Plan(PlanSource.LOCAL, confidence, recipe.topology(), tasks);
    }

    private PlannedTask task(Recipe.Step step, Map<String, String> names) {
        var checks =
                step.checks().stream()
                        .map(check -> new AcceptanceCheck(in(fill(check, names))))
                        .toList();
        return new PlannedTask(
                step.id(),
                fill(step.title(), names),
                step.role(),
                AdapterKind.RECIPE,
                null,
                recipe.reference(step),
                List.of(),
                null,
                placed(),
                step.dependsOn(),
                checks);
    }

    /// @throws IllegalArgumentException a parameter is missing
    RunLine line(Recipe.Line line) {
        var names = names();
        var command = fill(line.command(), names);
        return new RunLine(
                fill(line.label(), names),
                folder.equals(".") ? command : "(cd " + folder + " && " + command + ")");
    }

    private Map<String, String> placed() {
        var all = new HashMap<>(parameters);
        if (!folder.equals(".")) {
            all.put("folder", folder);
        }
        return all;
    }

    private String in(String check) {
        return folder.equals(".") ? check : "cd " + folder + " && " + check;
    }

    /// As names() of the runner's lib/parameters.mjs, as far as titles and checks use them.
    private Map<String, String> names() {
        var names = new HashMap<>(parameters);
        var language = parameters.getOrDefault("language", "");
        names.putAll(recipe.variants().getOrDefault(language, Map.of()));
        var label = parameters.getOrDefault("entity", "").replace('-', ' ');
        var labels = parameters.getOrDefault("entities", "").replace('-', ' ');
        names.put("label", label);
        names.put("labels", labels);
        names.put("Label", capital(label));
        names.put("Labels", capital(labels));
        names.put("snake", label.replace(' ', '_'));
        names.put("snakes", labels.replace(' ', '_'));
        names.put("ENV", labels.replace(' ', '_').toUpperCase(Locale.ROOT) + "_FILE");
        return names;
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /// A value may name others, one level deep.
    ///
    /// @throws IllegalArgumentException for a name that has no value: a mistake in the catalogue
    private static String fill(String text, Map<String, String> names) {
        return once(once(text, names), names);
    }

    private static String once(String text, Map<String, String> names) {
        return HOLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), names)));
    }

    private static String value(String name, Map<String, String> names) {
        var value = names.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the catalogue names {{" + name + "}}, which has no value");
        }
        return value;
    }
}
