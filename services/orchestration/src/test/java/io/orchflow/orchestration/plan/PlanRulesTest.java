package io.orchflow.orchestration.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.model.ModelOffer;
import io.orchflow.orchestration.model.Price;
import io.orchflow.orchestration.model.Provider;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.profile.Profile;
import io.orchflow.orchestration.profile.ProfileCatalogue;
import io.orchflow.problem.FieldError;
import io.orchflow.problem.ProblemException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanRulesTest {
    private static final String RECIPE = "web/page@0123456789ab";
    private static final RecipeCatalogue RECIPES =
            recipe ->
                    recipe.equals(RECIPE)
                            ? Optional.of(
                                    new RecipeCatalogue.RecipeStep("web", "page", "0".repeat(64)))
                            : Optional.empty();
    private static final ProfileCatalogue PROFILES =
            () ->
                    List.of(
                            new Profile(
                                    "codex",
                                    "Codex",
                                    Profile.Kind.COMMAND,
                                    "codex",
                                    Wire.RESPONSES,
                                    true,
                                    "get it"),
                            new Profile(
                                    "speaker",
                                    "Speaker",
                                    Profile.Kind.ACP,
                                    "own",
                                    Wire.CHAT,
                                    true,
                                    "get it"),
                            new Profile(
                                    "own",
                                    "Own",
                                    Profile.Kind.COMMAND,
                                    "own",
                                    null,
                                    false,
                                    "get it"));
    private static final Catalogues CATALOGUE = new Catalogues(RECIPES, PROFILES);

    @Test
    void takesRecipesAndCommands() {
        var tasks =
                PlanRules.tasks(
                        List.of(
                                body("a", "recipe", RECIPE, null, List.of()),
                                body(
                                        "b",
                                        "command",
                                        null,
                                        List.of("sh", "-c", "true"),
                                        List.of("a"))),
                        CATALOGUE);

        assertEquals(RECIPE, tasks.getFirst().recipe());
        assertEquals(List.of("sh", "-c", "true"), tasks.getLast().command());
        assertEquals(List.of("a"), tasks.getLast().dependsOn());
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        var wrong =
                new TaskBody(
                        "not an id",
                        " ",
                        null,
                        "magic",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new TaskBody.CheckBody("")),
                        null,
                        null,
                        null,
                        null);

        assertEquals(
                List.of(
                        "tasks[0].id",
                        "tasks[0].title",
                        "tasks[0].role",
                        "tasks[0].adapter",
                        "tasks[0].acceptance[0].command"),
                fields(wrong));
    }

    @Test
    void refusesARecipeThatIsNotHereAndACommandThatIsNone() {
        assertEquals(
                List.of(
                        "tasks[0].recipe",
                        "tasks[1].recipe",
                        "tasks[2].command",
                        "tasks[3].command[0]"),
                fields(
                        body("a", "recipe", "web/page@ffffffffffff", null, List.of()),
                        body("b", "recipe", null, null, List.of()),
                        body("c", "command", null, List.of(), List.of()),
                        body("d", "command", null, List.of(" "), List.of())));
    }

    @Test
    void refusesUnknownDoubledAndCircularDependencies() {
        assertEquals(List.of("tasks[0].dependsOn[0]"), fields(command("a", "x")));
        assertEquals(List.of("tasks[1].id"), fields(command("a"), command("a")));
        assertEquals(List.of("tasks[0].dependsOn"), fields(command("a", "a")));
        assertEquals(
                List.of("tasks[1].dependsOn"),
                fields(command("a"), command("b", "c"), command("c", "b")));
    }

    @Test
    void aTaskMayBeAllowedWhatWouldFailIt() {
        var allowed = allowing(List.of("test/**"), true);

        var task = PlanRules.tasks(List.of(allowed), CATALOGUE).getFirst();

        assertEquals(new Allowance(List.of("test/**"), true), task.allowance());
        assertEquals(allowed, TaskBody.of(task));
        assertEquals(List.of("tasks[0].mayChange[1]"), fields(allowing(List.of("a", " "), null)));
    }

    @Test
    void onlyAgentsThatCanAskAreToldTo() {
        assertEquals(
                List.of("tasks[0].permissions"), fields(asking("command", List.of("ls"), "ask")));
        assertEquals(List.of("tasks[0].permissions"), fields(asking("model", null, "perhaps")));
        var asking = asking("model", null, "ask");
        var task = PlanRules.tasks(List.of(asking), CATALOGUE).getFirst();
        assertTrue(task.allowance().asks());
        assertEquals(asking, TaskBody.of(task));
    }

    private static TaskBody asking(
            String adapter, @Nullable List<@Nullable String> command, String permissions) {
        return new TaskBody(
                "a",
                "A",
                "developer",
                adapter,
                "Do it.",
                null,
                command,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                permissions);
    }

    private static TaskBody allowing(
            List<@Nullable String> mayChange, @Nullable Boolean mayBeEmpty) {
        return new TaskBody(
                "a",
                "Title",
                "developer",
                "command",
                null,
                null,
                List.of("true"),
                null,
                null,
                null,
                List.of(),
                List.of(new TaskBody.CheckBody("true")),
                mayChange,
                mayBeEmpty,
                null,
                null);
    }

    @Test
    void aPlanHasTasks() {
        assertEquals(List.of("tasks"), fields());
        assertEquals(List.of("tasks[0]"), fields((TaskBody) null));
    }

    @Test
    void onlyWhatCanBeProvedCanBeApproved() {
        var tasks = new ArrayList<>(PlanRules.tasks(List.of(command("a")), CATALOGUE));
        var task = tasks.getFirst();
        tasks.add(
                new PlannedTask(
                        "b",
                        "b",
                        "r",
                        task.adapter(),
                        null,
                        null,
                        task.command(),
                        null,
                        Map.of(),
                        List.of(),
                        List.of()));
        var plan = new Plan(PlanSource.LOCAL, 1, Topology.PARALLEL, tasks);

        var refused =
                assertThrows(
                        ProblemException.class,
                        () -> PlanRules.approvable(plan, CATALOGUE, List.of()));

        assertEquals(
                List.of("tasks[1].acceptance"),
                refused.problem().errors().stream().map(FieldError::field).toList());
    }

    @Test
    void anAgentProgramIsOneThatIsHereAndHasAPromptAndNoCommand() {
        var tasks = PlanRules.tasks(List.of(program("codex", "Do it", null, null)), CATALOGUE);

        assertEquals(new Program("codex", null), tasks.getFirst().program());
        assertEquals(List.of(), tasks.getFirst().command());
        assertEquals(
                List.of(
                        "tasks[0].profile",
                        "tasks[0].prompt",
                        "tasks[0].command",
                        "tasks[0].model"),
                Stream.of(
                                program("nobody", "Do it", null, null),
                                program("codex", " ", null, null),
                                program("codex", "Do it", List.of("true"), null),
                                program("codex", "Do it", null, ""))
                        .flatMap(body -> fields(body).stream())
                        .toList());
    }

    @Test
    void anAgentProgramIsApprovedWhereItFindsAModel() {
        assertEquals(List.of("tasks[0].model"), refused("codex", null, List.of()));
        assertEquals(List.of("tasks[0].model"), refused("codex", null, providers(Wire.CHAT)));
        assertEquals(
                List.of("tasks[0].model"), refused("codex", "other", providers(Wire.RESPONSES)));
        assertEquals(List.of(), refused("codex", null, providers(Wire.RESPONSES)));
        assertEquals(List.of(), refused("codex", "house/small", providers(Wire.RESPONSES)));
        assertEquals(List.of(), refused("own", null, List.of()));
    }

    private static List<Provider> providers(Wire wire) {
        var models =
                List.of(
                        new ModelOffer("big", Price.FREE, 1_000),
                        new ModelOffer("small", Price.FREE, 1_000));
        var url = URI.create("http://127.0.0.1/v1");
        return List.of(new Provider("p", "t", "house", Set.of(wire), url, models, false));
    }

    private static List<String> refused(
            String profile, @Nullable String model, List<Provider> providers) {
        var body = List.of(program(profile, "Do it", null, model));
        var plan =
                new Plan(PlanSource.LOCAL, 1, Topology.PARALLEL, PlanRules.tasks(body, CATALOGUE));
        try {
            PlanRules.approvable(plan, CATALOGUE, providers);
            return List.of();
        } catch (ProblemException e) {
            return e.problem().errors().stream().map(FieldError::field).toList();
        }
    }

    @Test
    void aProgramIsSpokenToAsItsProfileSays() {
        var task =
                PlanRules.tasks(List.of(agent("acp", "speaker", "Do it", null, null)), CATALOGUE)
                        .getFirst();

        assertEquals(AdapterKind.ACP, task.adapter());
        assertEquals(new Program("speaker", null), task.program());
        assertEquals(
                List.of("tasks[0].adapter", "tasks[0].adapter", "tasks[0].profile"),
                Stream.of(
                                agent("command", "speaker", "Do it", null, null),
                                agent("acp", "codex", "Do it", null, null),
                                agent("acp", null, "Do it", null, null))
                        .flatMap(wrong -> fields(wrong).stream())
                        .toList());
    }

    @Test
    void theAgentOfOursHasAPromptAndNeitherCommandNorProgram() {
        var tasks = PlanRules.tasks(List.of(ours(null, "Do it", null, "big")), CATALOGUE);

        assertEquals(AdapterKind.MODEL, tasks.getFirst().adapter());
        assertEquals(new Program(null, "big"), tasks.getFirst().program());
        assertEquals(Allowance.NONE, tasks.getFirst().allowed());
        assertEquals(
                List.of(
                        "tasks[0].adapter",
                        "tasks[0].adapter",
                        "tasks[0].prompt",
                        "tasks[0].model"),
                Stream.of(
                                ours("codex", "Do it", null, null),
                                ours(null, "Do it", List.of("true"), null),
                                ours(null, " ", null, null),
                                ours(null, "Do it", null, " "))
                        .flatMap(body -> fields(body).stream())
                        .toList());
    }

    @Test
    void theAgentOfOursNeedsAProviderOfChatOrMessages() {
        var plan =
                new Plan(
                        PlanSource.LOCAL,
                        1,
                        Topology.PARALLEL,
                        PlanRules.tasks(List.of(ours(null, "Do it", null, null)), CATALOGUE));

        for (var wire : List.of(Wire.CHAT, Wire.MESSAGES)) {
            PlanRules.approvable(plan, CATALOGUE, List.of(provider(wire)));
        }
        var refused =
                assertThrows(
                        ProblemException.class,
                        () ->
                                PlanRules.approvable(
                                        plan, CATALOGUE, List.of(provider(Wire.RESPONSES))));
        assertEquals(
                "The team has no model provider that speaks chat or messages: add one in Settings, Models.",
                refused.problem().errors().getFirst().message());
    }

    private static Provider provider(Wire wire) {
        return new Provider(
                "p",
                "team",
                "house",
                Set.of(wire),
                URI.create("http://127.0.0.1"),
                List.of(new ModelOffer("big", Price.FREE, 100)),
                true);
    }

    private static TaskBody ours(
            @Nullable String profile,
            String prompt,
            @Nullable List<@Nullable String> command,
            @Nullable String model) {
        return agent("model", profile, prompt, command, model);
    }

    private static TaskBody program(
            String profile,
            String prompt,
            @Nullable List<@Nullable String> command,
            @Nullable String model) {
        return agent("command", profile, prompt, command, model);
    }

    private static TaskBody agent(
            String adapter,
            @Nullable String profile,
            String prompt,
            @Nullable List<@Nullable String> command,
            @Nullable String model) {
        return new TaskBody(
                "a",
                "Title",
                "developer",
                adapter,
                prompt,
                null,
                command,
                profile,
                model,
                null,
                List.of(),
                List.of(new TaskBody.CheckBody("true")),
                null,
                null,
                null,
                null);
    }

    private static List<String> fields(@Nullable TaskBody... bodies) {
        var refused =
                assertThrows(
                        ProblemException.class,
                        () -> PlanRules.tasks(Arrays.asList(bodies), CATALOGUE));
        assertEquals(400, refused.problem().status());
        return refused.problem().errors().stream().map(FieldError::field).toList();
    }

    private static TaskBody command(String id, String... dependsOn) {
        return body(id, "command", null, List.of("true"), List.of(dependsOn));
    }

    private static TaskBody body(
            String id,
            String adapter,
            @Nullable String recipe,
            @Nullable List<@Nullable String> command,
            List<@Nullable String> dependsOn) {
        return new TaskBody(
                id,
                "Title",
                "developer",
                adapter,
                null,
                recipe,
                command,
                null,
                null,
                null,
                dependsOn,
                List.of(new TaskBody.CheckBody("true")),
                null,
                null,
                null,
                null);
    }
}
