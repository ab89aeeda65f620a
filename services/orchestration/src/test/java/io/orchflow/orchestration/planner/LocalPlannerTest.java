package io.orchflow.orchestration.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.PlanningContext;
import io.orchflow.orchestration.plan.PlanningContext.Author;
import io.orchflow.orchestration.plan.PlanningContext.Turn;
import io.orchflow.orchestration.plan.Proposal;
import io.orchflow.orchestration.plan.Proposal.NoFit;
import io.orchflow.orchestration.plan.Proposal.Planned;
import io.orchflow.orchestration.plan.Proposal.Question;
import io.orchflow.orchestration.plan.Proposal.SmallTalk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalPlannerTest {

    static final Path RECIPES = Path.of("../../workspace-container/recipes");

    private final RecipeStore store = new RecipeStore(RECIPES);
    private final LocalPlanner planner =
            new LocalPlanner(
                    store, LearnedClassifier.learn(store.requests()), new AgentPrograms(""));

    private Proposal propose(String text, String... files) {
        return planner.propose(text, new PlanningContext("w", List.of(), List.of(files)));
    }

    private static PlannedTask first(Planned planned) {
        return planned.plan().tasks().getFirst();
    }

    @Test
    void theStoryOfTheReadmeBecomesAPlanOfTheRestRecipe() {
        var planned = assertInstanceOf(Planned.class, propose("Build me a REST API with auth"));
        assertEquals("build", planned.intent().name());
        assertTrue(String.valueOf(first(planned).recipe()).startsWith("rest-api-auth/contract@"));
        assertTrue(planned.text().contains("No model provider is configured"));
        assertEquals(
                List.of("architect", "developer", "developer", "tester", "reviewer", "documenter"),
                planned.plan().tasks().stream().map(PlannedTask::role).toList());
    }

    @Test
    void aBookShopHasBooks() {
        var planned =
                assertInstanceOf(
                        Planned.class, propose("Build me a REST API with auth for a book shop"));
        var parameters = first(planned).parameters();
        assertEquals("book", parameters.get("entity"));
        assertEquals("books", parameters.get("entities"));
        assertEquals("book-shop-api", parameters.get("project"));
        assertTrue(String.valueOf(parameters.get("fields")).startsWith("title:text!,author:text!"));
        assertTrue(
                planned.plan().tasks().stream()
                        .flatMap(task -> task.acceptance().stream())
                        .anyMatch(check -> check.command().contains("--entities books")));
    }

    @Test
    void theCatalogueFindsWhatThePlanPins() {
        var planned = assertInstanceOf(Planned.class, propose("REST API with login for invoices"));
        for (var task : planned.plan().tasks()) {
            var reference = String.valueOf(task.recipe());
            assertTrue(store.find(reference).isPresent(), reference);
            assertFalse(store.find(reference.replaceAll("@.*", "@000000000000")).isPresent());
        }
    }

    @Test
    void aWorkspaceWithFilesGetsTheProgramInAFolderOfItsOwn() {
        var planned =
                assertInstanceOf(
                        Planned.class,
                        propose("REST API with auth for books", "README.md", "books-api/x.js"));
        assertEquals("books-api-2", first(planned).parameters().get("folder"));
        assertTrue(
                first(planned).acceptance().stream()
                        .allMatch(check -> check.command().startsWith("cd books-api-2 && ")));
    }

    @Test
    void aLanguageThatNoRecipeWritesIsAskedAbout() {
        var question =
                assertInstanceOf(
                        Question.class, propose("Build a REST API with auth in Rust for books"));
        assertTrue(question.text().contains("Rust"), question.text());
        assertInstanceOf(Planned.class, propose(question.options().getFirst()));
    }

    @Test
    void everyOptionOfAQuestionIsUnderstood() {
        var question =
                assertInstanceOf(
                        Question.class, propose("make something with books, maybe an app"));
        for (var option : question.options()) {
            assertTrue(question.text().contains("- " + option), question.text());
        }
        var last = question.options().getLast();
        assertInstanceOf(SmallTalk.class, propose(last), last);
        for (var option : question.options().subList(0, question.options().size() - 1)) {
            var answer = propose(option, "index.js");
            assertInstanceOf(Planned.class, answer, option + " → " + answer);
        }
    }

    @Test
    void aProgramThatWasFoundIsNoRequestToGuessAt() {
        var answer = assertInstanceOf(SmallTalk.class, propose("Use codex, found on this machine"));
        assertTrue(answer.text().contains("adapter `command`"), answer.text());
    }

    @Test
    void aShortAnswerIsReadTogetherWithTheRequestItIsAbout() {
        var earlier =
                List.of(
                        new Turn(Author.USER, "something for my garden plants"),
                        new Turn(Author.ASSISTANT, "Is it one of these?"));
        var answer = planner.propose("an API please", new PlanningContext("w", earlier, List.of()));
        var planned = assertInstanceOf(Planned.class, answer, answer.text());
        assertEquals("plant", first(planned).parameters().get("entity"));
    }

    @Test
    void whatNoRecipeDoesIsNeverPlanned() {
        var noFit =
                assertInstanceOf(NoFit.class, propose("Train a neural network that detects cats"));
        assertTrue(noFit.text().contains("no plan that I could honestly offer"));
        assertTrue(noFit.suggestions().contains("Connect a model provider"));
    }

    @Test
    void everyRecipeBecomesAPlanWithoutHoles() {
        for (var text :
                List.of(
                        "Build a web app for my garden plants",
                        "Write a command-line tool in Python for expenses",
                        "Write a command line tool to track expenses",
                        "Run the tests of this repository and write a report")) {
            var planned = assertInstanceOf(Planned.class, propose(text, "a.js"), text);
            assertTrue(planned.plan().tasks().size() >= 3, text);
            for (var task : planned.plan().tasks()) {
                assertFalse(task.toString().contains("{{"), task.toString());
                assertFalse(task.acceptance().isEmpty(), task.toString());
            }
        }
    }

    @Test
    void talkGetsTalk() {
        assertInstanceOf(SmallTalk.class, propose("Hello there!"));
        var question = assertInstanceOf(SmallTalk.class, propose("What is a REST API?"));
        assertEquals("question", question.intent().name());
    }
}
