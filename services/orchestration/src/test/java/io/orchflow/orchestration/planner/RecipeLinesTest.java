package io.orchflow.orchestration.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.PlanningContext;
import io.orchflow.orchestration.plan.Proposal.Planned;
import io.orchflow.orchestration.plan.RunLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// On the catalogue as it is; that its lines work is proved beside the recipes.
class RecipeLinesTest {
    private final RecipeStore store = new RecipeStore(LocalPlannerTest.RECIPES);
    private final RecipeLines lines = new RecipeLines(store);

    private List<PlannedTask> plan(String text, String... files) {
        var planner =
                new LocalPlanner(
                        store, LearnedClassifier.learn(store.requests()), new AgentPrograms(""));
        var context = new PlanningContext("w", List.of(), List.of(files));
        return assertInstanceOf(Planned.class, planner.propose(text, context)).plan().tasks();
    }

    @Test
    void aPlansRecipeSaysHowItsResultIsUsed() {
        assertEquals(
                new RunLine("Start the API", "node src/main.js"),
                lines.of(plan("Build me a REST API with auth for a book shop")).getFirst());
        var tool = plan("Make a command-line tool in Python that keeps my expenses, with tests");
        assertEquals(
                List.of(
                        new RunLine("See what it can do", "python3 bin/expenses --help"),
                        new RunLine("Show the expenses it keeps", "python3 bin/expenses list"),
                        new RunLine("Run its tests", "python3 -B -m unittest tests/*_test.py")),
                lines.of(tool));
    }

    @Test
    void everyRecipeHasALine() {
        for (var recipe : store.read().recipes()) {
            var names = recipe.steps().stream().map(Recipe.Step::step).toList();
            assertTrue(!recipe.lines().isEmpty(), recipe.id());
            for (var line : recipe.lines()) {
                assertTrue(
                        !line.needs().isEmpty() && names.containsAll(line.needs()), line.label());
            }
        }
    }

    @Test
    void inAFolderOfItsOwnALineGoesThere() {
        var tasks = plan("Build me a REST API with auth for a book shop", "src/mine.js");

        assertEquals(
                "(cd book-shop-api && node src/main.js)", lines.of(tasks).getFirst().command());
    }

    @Test
    void aLineWhoseStepIsNotInThePlanIsLeftOut() {
        var tasks = plan("Build me a REST API with auth for a book shop");
        var some = tasks.stream().filter(t -> List.of("contract", "tests").contains(t.id()));

        assertEquals(
                List.of("Start the API", "Run its tests"),
                lines.of(some.toList()).stream().map(RunLine::label).toList());
    }

    @Test
    void nothingIsSaidOfCommandsAndOfOtherDigests() {
        assertEquals(List.of(), lines.of(List.of(task(AdapterKind.COMMAND, null))));
        var other = "rest-api-auth/contract@000000000000";
        assertEquals(List.of(), lines.of(List.of(task(AdapterKind.RECIPE, other))));
    }

    private static PlannedTask task(
            AdapterKind kind, @org.jspecify.annotations.Nullable String recipe) {
        return new PlannedTask(
                "a",
                "A",
                "developer",
                kind,
                null,
                recipe,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of());
    }
}
