package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.Intent;
import io.orchflow.orchestration.plan.Plan;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.Proposal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the assistant says. It never claims a model where none is.
///
/// @param why no model has planned, a clause for people
record Answers(Catalogue catalogue, AgentPrograms programs, String why) {

    Answers(Catalogue catalogue, AgentPrograms programs) {
        this(catalogue, programs, Drafters.NONE);
    }

    private boolean connected() {
        return !why.equals(Drafters.NONE);
    }

    static final String REPORT = "test-and-report";

    private static final String CONNECT = "Connect a model provider";
    private static final String FOUND = ", found on this machine";
    private static final Map<String, String> PHRASES =
            Map.of(
                    "rest-api-auth",
                    "Build a REST API with auth for %s",
                    "web-app",
                    "Build a web app for %s",
                    "cli-tool",
                    "Build a command-line tool for %s",
                    REPORT,
                    "Run the tests of this repository and write a report");

    String planned(Recipe recipe, Map<String, String> parameters, Plan plan) {
        var text = new StringBuilder("Here is a plan: **").append(recipe.title()).append("**");
        if (parameters.containsKey("entities")) {
            text.append(" for **")
                    .append(parameters.get("entities").replace('-', ' '))
                    .append("** (")
                    .append(fieldNames(parameters.getOrDefault("fields", "")))
                    .append(")");
        }
        text.append(".\n\n")
                .append(why)
                .append(", so the recipe `")
                .append(recipe.id())
                .append(
                        "` runs: a fixed playbook that writes, runs and tests real code, but does not reason about your request")
                .append(" beyond these parameters.\n\n");
        for (var task : plan.tasks()) {
            text.append("- **")
                    .append(task.role())
                    .append("**: ")
                    .append(task.title())
                    .append(after(task))
                    .append('\n');
        }
        var folder = plan.tasks().getFirst().parameters().get("folder");
        if (folder != null) {
            text.append(
                            "\nThis workspace holds files already; the result goes into the new folder `")
                    .append(folder)
                    .append("`.\n");
        }
        return text.append(
                        "\nEach task is accepted by checks that run its result. Change what you like, then approve.")
                .toString();
    }

    private static String after(PlannedTask task) {
        return task.dependsOn().isEmpty()
                ? ""
                : " (after " + String.join(", ", task.dependsOn()) + ")";
    }

    private static String fieldNames(String fields) {
        return Stream.of(fields.split(","))
                .map(field -> field.replaceAll(":.*", ""))
                .collect(Collectors.joining(", "));
    }

    Proposal which(Intent intent, String request, List<Recipe> near) {
        var about =
                new SubjectReader(catalogue)
                        .read(request)
                        .map(subject -> subject.entities().replace('-', ' '))
                        .orElse("books");
        var options = new ArrayList<>(near.stream().map(recipe -> phrase(recipe, about)).toList());
        if (!connected()) {
            options.add(CONNECT);
        }
        return question(
                intent, "I am not sure what you would like to have. Is it one of these?", options);
    }

    Proposal beyond(
            Intent intent, Recipe recipe, List<String> wishes, Map<String, String> parameters) {
        var about = parameters.getOrDefault("entities", "items").replace('-', ' ');
        var language = name(recipe.languages().getFirst());
        var text =
                "You ask for %s. %s, and the recipe `%s` works in plain %s only. Shall it be that?"
                        .formatted(
                                String.join(", ", wishes),
                                why,
                                recipe.id(),
                                recipe.languages().stream()
                                        .map(Answers::name)
                                        .collect(Collectors.joining(" or ")));
        var options = new ArrayList<String>();
        options.add(phrase(recipe, about) + " in " + language);
        if (!connected()) {
            options.add(CONNECT);
        }
        return question(intent, text, options);
    }

    Proposal nothingToTest(Intent intent) {
        return question(
                intent,
                "I see no files in this workspace, so there is nothing to test yet. Make a workspace from a git repository, or build something first?",
                catalogue.recipes().stream()
                        .filter(recipe -> !recipe.id().equals(REPORT))
                        .map(recipe -> phrase(recipe, "books"))
                        .toList());
    }

    Proposal noFit(Intent intent, List<Recipe> near) {
        var suggestions =
                new ArrayList<>(near.stream().map(recipe -> phrase(recipe, "books")).toList());
        if (!connected()) {
            suggestions.add(CONNECT);
        }
        var found = programs.found();
        found.forEach(program -> suggestions.add("Use " + program.getFileName() + FOUND));
        return new Proposal.NoFit(
                intent,
                why
                        + ", and none of the recipes here does that, so there is no plan that I could honestly offer.\n\n"
                        + "What works now:\n"
                        + bullets(
                                near.stream()
                                        .map(
                                                recipe ->
                                                        "**"
                                                                + recipe.title()
                                                                + "**: "
                                                                + recipe.summary())
                                        .toList())
                        + (connected()
                                ? ""
                                : "\nWith a model provider connected, agents can work on anything.")
                        + programs(found),
                suggestions);
    }

    private static String programs(List<Path> found) {
        if (found.isEmpty()) {
            return "";
        }
        var names =
                found.stream()
                        .map(program -> "`" + program.getFileName() + "`")
                        .collect(Collectors.joining(", "));
        return " Found on this machine: "
                + names
                + "; a plan's task can run it (adapter `command`) with your own account.";
    }

    // Whoever shows no buttons shows the text.
    private static Proposal question(Intent intent, String text, List<String> options) {
        return new Proposal.Question(intent, text + "\n\n" + bullets(options), options);
    }

    /// True for the offers that are no work for a recipe.
    static boolean isAboutModels(String request) {
        var words = request.strip();
        return words.equalsIgnoreCase(CONNECT) || words.endsWith(FOUND);
    }

    Proposal connect(Intent intent) {
        return new Proposal.SmallTalk(
                intent,
                "An admin of the team connects a model provider in Settings, Models: then a model plans, and agents can work on"
                        + " anything. Recipes work without one, and a plan's task can run an agent program of yours (adapter `command`)."
                        + programs(programs.found()));
    }

    Proposal question(Intent intent) {
        return new Proposal.SmallTalk(
                intent,
                why
                        + ", so I cannot answer questions. What I can do is run these recipes:\n\n"
                        + offers());
    }

    Proposal smallTalk(Intent intent) {
        return new Proposal.SmallTalk(
                intent,
                "Hello! Tell me what to build. Without a model these recipes are at hand:\n\n"
                        + offers());
    }

    Proposal control(Intent intent) {
        return new Proposal.SmallTalk(
                intent,
                "Pause, resume and cancel are buttons of the swarm and of each of its agents; a message in this conversation does not steer them.");
    }

    private String offers() {
        return bullets(
                catalogue.recipes().stream()
                        .map(
                                recipe ->
                                        "**"
                                                + recipe.title()
                                                + "**: for example \""
                                                + recipe.examples().getFirst()
                                                + "\"")
                        .toList());
    }

    private static String bullets(List<String> lines) {
        return lines.stream().map(line -> "- " + line + "\n").collect(Collectors.joining());
    }

    private static String phrase(Recipe recipe, String about) {
        return PHRASES.getOrDefault(recipe.id(), recipe.examples().getFirst()).formatted(about);
    }

    private static String name(String language) {
        return language.equals("node")
                ? "Node"
                : Character.toUpperCase(language.charAt(0)) + language.substring(1);
    }
}
