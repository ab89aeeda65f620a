package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;
import java.util.regex.Pattern;

/// A step of a recipe, run by the workspace's own runner, which refuses another digest than the
/// plan's.
record RecipeAdapter() implements Adapter {

    private static final Pattern RECIPE =
            Pattern.compile("(?<step>(?<recipe>[^/@]+)/[^/@]+)@(?<digest>[0-9a-f]{12,64})");

    @Override
    public Launch launch(PlannedTask task, Briefing briefing) {
        var named = RECIPE.matcher(task.recipe() == null ? "" : task.recipe());
        if (!named.matches()) {
            throw new IllegalArgumentException("task " + task.id() + " has no recipe");
        }
        var step = named.group("step");
        var input = Adapter.input(task, briefing);
        input.put("recipe", named.group("recipe"));
        input.put("step", step.substring(step.indexOf('/') + 1));
        input.put("digest", named.group("digest"));
        return Launch.plain(List.of("orchflow-recipe", step), input.toString());
    }
}
