package io.orchflow.orchestration.plan;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Provider;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.profile.Profile;
import io.orchflow.problem.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a client's tasks to what can be run, and says everything that is wrong at once.
public final class PlanRules {
    static final int MOST_TASKS = 50;
    static final int MOST_CHECKS = 20;
    static final int MOST_ARGUMENTS = 256;
    static final int LONGEST_ARGUMENT = 16_384;
    static final int LONGEST_PROMPT = 20_000;
    static final int LONGEST_CHECK = 4_000;
    static final int MOST_GLOBS = 100;
    private static final int LONGEST_GLOB = 1_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");

    private final Catalogues catalogues;
    private final Validation errors = new Validation();

    private PlanRules(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    /// @throws io.orchflow.problem.ProblemException 400 with fields such as `tasks[0].role`
    public static List<PlannedTask> tasks(
            @Nullable List<@Nullable TaskBody> bodies, Catalogues catalogues) {
        var rules = new PlanRules(catalogues);
        var tasks = rules.all(bodies == null ? List.of() : bodies);
        rules.errors.throwIfAny();
        return tasks;
    }

    /// @param providers where the team finds models
    /// @throws io.orchflow.problem.ProblemException 400 for a task without acceptance, whose recipe
    ///     is not what it was, or whose agent program would find no model
    public static void approvable(Plan plan, Catalogues catalogues, List<Provider> providers) {
        var errors = new Validation();
        for (int i = 0; i < plan.tasks().size(); i++) {
            var task = plan.tasks().get(i);
            errors.check(
                    !task.acceptance().isEmpty(),
                    "tasks[" + i + "].acceptance",
                    "required",
                    "Task " + task.id() + " has no acceptance check: nothing could prove it.");
            errors.check(
                    task.recipe() == null || catalogues.recipes().find(task.recipe()).isPresent(),
                    "tasks[" + i + "].recipe",
                    "unknown",
                    "There is no recipe " + task.recipe() + " any more.");
            if (task.program() != null) {
                program(errors, "tasks[" + i + "]", task.program(), catalogues, providers);
            }
        }
        errors.throwIfAny();
    }

    private static void program(
            Validation errors,
            String field,
            Program program,
            Catalogues catalogues,
            List<Provider> providers) {
        var wires = Wire.ofOurAgent();
        if (program.profile() != null) {
            var profile = catalogues.profiles().find(program.profile());
            errors.check(
                    profile.isPresent(),
                    field + ".profile",
                    "unknown",
                    "There is no agent program " + program.profile() + " any more.");
            wires = profile.flatMap(Profile::spoken).stream().toList();
        }
        if (!wires.isEmpty() && ModelChoice.of(providers, wires, program.model()).isEmpty()) {
            var why = ModelChoice.none(wires, program.model());
            errors.check(
                    false,
                    field + ".model",
                    "no-model",
                    Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
        }
    }

    private List<PlannedTask> all(List<@Nullable TaskBody> bodies) {
        errors.check(!bodies.isEmpty(), "tasks", "required", "A plan has at least one task.");
        errors.check(
                bodies.size() <= MOST_TASKS,
                "tasks",
                "too-many",
                "A plan has at most " + MOST_TASKS + " tasks.");
        var tasks = new ArrayList<PlannedTask>();
        if (bodies.size() > MOST_TASKS) {
            return tasks;
        }
        for (int i = 0; i < bodies.size(); i++) {
            var body = bodies.get(i);
            if (body == null) {
                errors.check(false, "tasks[" + i + "]", "required", "A task is an object.");
            } else {
                tasks.add(one("tasks[" + i + "]", i, body));
            }
        }
        if (tasks.size() == bodies.size()) {
            graph(tasks);
        }
        return tasks;
    }

    private PlannedTask one(String field, int index, TaskBody body) {
        var id = body.id() == null ? "task-" + (index + 1) : body.id();
        errors.check(
                ID.matcher(id).matches(),
                field + ".id",
                "pattern",
                "A task id has 1 to 64 letters, digits and _ . : -");
        errors.text(body.title(), field + ".title", 200);
        errors.text(body.role(), field + ".role", 64);
        errors.check(
                body.prompt() == null || body.prompt().length() <= LONGEST_PROMPT,
                field + ".prompt",
                "too-long",
                "A prompt has at most " + LONGEST_PROMPT + " characters.");
        var adapter = AdapterKind.of(Objects.requireNonNullElse(body.adapter(), ""));
        errors.check(
                adapter.isPresent(),
                field + ".adapter",
                "unknown",
                "The adapter is recipe, command, acp or model, not " + body.adapter() + ".");
        var kind = adapter.orElse(AdapterKind.COMMAND);
        if (adapter.isPresent()) {
            launchable(field, kind, body);
        }
        return new PlannedTask(
                id,
                Objects.requireNonNullElse(body.title(), ""),
                Objects.requireNonNullElse(body.role(), ""),
                kind,
                body.prompt(),
                kind == AdapterKind.RECIPE ? body.recipe() : null,
                kind == AdapterKind.COMMAND ? present(body.command()) : List.of(),
                Program.of(kind, body.profile(), body.model()),
                parameters(field, body.parameters()),
                present(body.dependsOn()),
                acceptance(field, body.acceptance()),
                new Allowance(
                        globs(field + ".mayChange", body.mayChange()),
                        Boolean.TRUE.equals(body.mayBeEmpty()),
                        Boolean.TRUE.equals(body.review()),
                        asks(field + ".permissions", kind, body.permissions())));
    }

    /// Programs of the adapter command run by themselves: nothing of theirs could ask.
    private boolean asks(String field, AdapterKind kind, @Nullable String permissions) {
        var asks = TaskBody.ASK.equals(permissions);
        errors.check(
                permissions == null || asks || permissions.equals(TaskBody.ALLOW),
                field,
                "unknown",
                "Permissions are allow or ask, not " + permissions + ".");
        errors.check(
                !asks || kind == AdapterKind.ACP || kind == AdapterKind.MODEL,
                field,
                "cannot-ask",
                "Agents of the adapter "
                        + kind.word()
                        + " cannot ask: take acp or model, or leave it at allow.");
        return asks;
    }

    private List<String> globs(String field, @Nullable List<@Nullable String> given) {
        var globs = present(given);
        errors.check(
                globs.size() <= MOST_GLOBS,
                field,
                "too-many",
                "A task names at most " + MOST_GLOBS + " patterns.");
        for (int i = 0; i < Math.min(globs.size(), MOST_GLOBS); i++) {
            var glob = globs.get(i);
            errors.check(
                    !glob.isBlank() && glob.length() <= LONGEST_GLOB && glob.indexOf('\0') < 0,
                    field + "[" + i + "]",
                    "invalid",
                    "A pattern names files below the root, with at most "
                            + LONGEST_GLOB
                            + " characters.");
        }
        return globs;
    }

    private void launchable(String field, AdapterKind kind, TaskBody body) {
        switch (kind) {
            case RECIPE -> {
                var recipe = body.recipe();
                errors.check(
                        recipe != null && catalogues.recipes().find(recipe).isPresent(),
                        field + ".recipe",
                        recipe == null ? "required" : "unknown",
                        recipe == null
                                ? "The adapter recipe needs a recipe."
                                : "There is no recipe " + recipe + " here.");
            }
            case COMMAND -> {
                if (body.profile() == null) {
                    command(field + ".command", body.command());
                } else {
                    program(field, kind, body.profile(), body);
                }
            }
            case ACP -> {
                if (body.profile() == null) {
                    errors.check(
                            false,
                            field + ".profile",
                            "required",
                            "The adapter acp needs a profile: which agent program.");
                } else {
                    program(field, kind, body.profile(), body);
                }
            }
            case MODEL -> {
                errors.check(
                        body.profile() == null && present(body.command()).isEmpty(),
                        field + ".adapter",
                        "too-many",
                        "The adapter model has neither a command nor an agent program.");
                prompted(field, body);
            }
        }
    }

    private void program(String field, AdapterKind kind, String profile, TaskBody body) {
        var found = catalogues.profiles().find(profile);
        errors.check(
                found.isPresent(),
                field + ".profile",
                "unknown",
                "There is no agent program " + profile + " here.");
        errors.check(
                found.isEmpty() || found.get().kind().word().equals(kind.word()),
                field + ".adapter",
                "unfit",
                profile + " is no program for the adapter " + kind.word() + ".");
        errors.check(
                body.command() == null || body.command().isEmpty(),
                field + ".command",
                "too-many",
                "A task has a command or an agent program, not both.");
        prompted(field, body);
    }

    private void prompted(String field, TaskBody body) {
        errors.check(
                body.prompt() != null && !body.prompt().isBlank(),
                field + ".prompt",
                "required",
                "An agent needs a prompt: what it shall do.");
        errors.check(
                body.model() == null || (!body.model().isBlank() && body.model().length() <= 300),
                field + ".model",
                "invalid",
                "A model is named in 1 to 300 characters.");
    }

    private void command(String field, @Nullable List<@Nullable String> command) {
        if (command == null || command.isEmpty()) {
            errors.check(false, field, "required", "The adapter command needs a command, an argv.");
            return;
        }
        errors.check(
                command.size() <= MOST_ARGUMENTS,
                field,
                "too-many",
                "A command has at most " + MOST_ARGUMENTS + " arguments.");
        for (int i = 0; i < Math.min(command.size(), MOST_ARGUMENTS); i++) {
            var argument = command.get(i);
            errors.check(
                    argument != null
                            && argument.length() <= LONGEST_ARGUMENT
                            && argument.indexOf('\0') < 0
                            && (i > 0 || !argument.isBlank()),
                    field + "[" + i + "]",
                    "invalid",
                    "An argument is a text without NUL of at most "
                            + LONGEST_ARGUMENT
                            + " characters; the first names a program.");
        }
    }

    private Map<String, String> parameters(
            String field, @Nullable Map<String, @Nullable String> given) {
        var parameters = new HashMap<String, String>();
        if (given != null) {
            given.forEach(
                    (name, value) -> {
                        var fits = value != null && value.length() <= LONGEST_CHECK;
                        errors.check(
                                fits,
                                field + ".parameters." + name,
                                "invalid",
                                "A parameter is a text of at most "
                                        + LONGEST_CHECK
                                        + " characters.");
                        if (value != null) {
                            parameters.put(name, value);
                        }
                    });
        }
        return parameters;
    }

    private List<AcceptanceCheck> acceptance(
            String field, @Nullable List<TaskBody.@Nullable CheckBody> given) {
        var checks = new ArrayList<AcceptanceCheck>();
        var bodies = given == null ? List.<TaskBody.@Nullable CheckBody>of() : given;
        errors.check(
                bodies.size() <= MOST_CHECKS,
                field + ".acceptance",
                "too-many",
                "A task has at most " + MOST_CHECKS + " checks.");
        for (int i = 0; i < Math.min(bodies.size(), MOST_CHECKS); i++) {
            var body = bodies.get(i);
            var command = body == null ? null : body.command();
            var at = field + ".acceptance[" + i + "].command";
            errors.text(command, at, LONGEST_CHECK);
            if (command != null) {
                errors.check(command.indexOf('\0') < 0, at, "invalid", "A command has no NUL.");
                checks.add(new AcceptanceCheck(command));
            }
        }
        return checks;
    }

    private void graph(List<PlannedTask> tasks) {
        var ids = new HashSet<String>();
        for (int i = 0; i < tasks.size(); i++) {
            errors.check(
                    ids.add(tasks.get(i).id()),
                    "tasks[" + i + "].id",
                    "duplicate",
                    "There are two tasks " + tasks.get(i).id() + ".");
        }
        for (int i = 0; i < tasks.size(); i++) {
            var needs = tasks.get(i).dependsOn();
            for (int j = 0; j < needs.size(); j++) {
                errors.check(
                        ids.contains(needs.get(j)),
                        "tasks[" + i + "].dependsOn[" + j + "]",
                        "unknown",
                        "There is no task " + needs.get(j) + ".");
            }
        }
        if (errors.ok()) {
            cycle(tasks);
        }
    }

    private void cycle(List<PlannedTask> tasks) {
        var left = new ArrayList<>(tasks);
        var free = new HashSet<String>();
        while (true) {
            var next = left.stream().filter(task -> free.containsAll(task.dependsOn())).toList();
            if (next.isEmpty()) {
                break;
            }
            next.forEach(task -> free.add(task.id()));
            left.removeAll(next);
        }
        if (!left.isEmpty()) {
            var first = left.getFirst();
            errors.check(
                    false,
                    "tasks[" + tasks.indexOf(first) + "].dependsOn",
                    "cycle",
                    "Task " + first.id() + " waits for itself, directly or through others.");
        }
    }

    private static List<String> present(@Nullable List<@Nullable String> given) {
        return given == null ? List.of() : given.stream().filter(Objects::nonNull).toList();
    }
}
