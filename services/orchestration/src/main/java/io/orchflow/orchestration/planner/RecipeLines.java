package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.HowToRun;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.RunLine;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The catalogue's `run` lines, filled with the parameters of a plan's tasks.
final class RecipeLines implements HowToRun {

    private final RecipeStore store;

    RecipeLines(RecipeStore store) {
        this.store = store;
    }

    @Override
    public List<RunLine> of(List<PlannedTask> tasks) {
        if (tasks.stream().allMatch(task -> task.recipe() == null)) {
            return List.of();
        }
        return store.read().recipes().stream()
                .flatMap(recipe -> of(recipe, tasks).stream())
                .toList();
    }

    private static List<RunLine> of(Recipe recipe, List<PlannedTask> tasks) {
        Predicate<String> planned = step -> task(recipe, step, tasks).isPresent();
        return recipe.steps().stream()
                .flatMap(step -> task(recipe, step.step(), tasks).stream())
                .findFirst()
                .map(
                        task ->
                                recipe.lines().stream()
                                        .filter(line -> line.needs().stream().allMatch(planned))
                                        .flatMap(line -> filled(recipe, line, task).stream())
                                        .toList())
                .orElse(List.of());
    }

    private static Optional<PlannedTask> task(Recipe recipe, String step, List<PlannedTask> tasks) {
        return tasks.stream().filter(task -> recipe.isPinned(task.recipe(), step)).findFirst();
    }

    private static Optional<RunLine> filled(Recipe recipe, Recipe.Line line, PlannedTask task) {
        var folder = task.parameters().getOrDefault("folder", ".");
        try {
            return Optional.of(new Drafting(recipe, task.parameters(), folder).line(line));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Somebody has taken a parameter out of the plan.
        }
    }
}
