package io.orchflow.terminal.pane;

import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.orchflow.terminal.pane.PaneView.NewPaneView;
import io.orchflow.terminal.pane.PaneView.OptionsView;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds what a client asks of a new pane to its limits.
final class NewPane {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_PATH = 4096;
    private static final int MOST_ARGUMENTS = 1000;
    private static final int LONGEST_COMMAND = 100_000;

    private NewPane() {}

    /// @throws io.orchflow.problem.ProblemException 400 with everything that is wrong
    static OpenPaneRequest check(NewPaneView body, Principal opener) {
        var options =
                body.options() == null
                        ? new OptionsView(null, null, null, null, null)
                        : body.options();
        var validation = new Validation();
        range(validation, options.cols(), "options.cols", 2, 500);
        range(validation, options.rows(), "options.rows", 1, 300);
        title(validation, options.title());
        command(validation, options.command());
        cwd(validation, options.cwd());
        validation.throwIfAny();
        var request =
                OpenPaneRequest.newBuilder()
                        .setOpener(opener)
                        .setTitle(Objects.requireNonNullElse(options.title(), ""))
                        .setCols(Objects.requireNonNullElse(options.cols(), 0))
                        .setRows(Objects.requireNonNullElse(options.rows(), 0))
                        .setCwd(Objects.requireNonNullElse(options.cwd(), ""));
        if (options.command() != null) {
            options.command().forEach(argument -> request.addCommand(String.valueOf(argument)));
        }
        return request.build();
    }

    /// @throws io.orchflow.problem.ProblemException 400 where neither name of it is there
    static String workspaceId(NewPaneView body) {
        return required(body.workspaceId() == null ? body.sessionId() : body.workspaceId());
    }

    static String required(@Nullable String workspaceId) {
        if (workspaceId == null || workspaceId.isBlank()) {
            throw Problems.badInput("workspaceId", "required", "workspaceId is required.");
        }
        return workspaceId;
    }

    private static void range(
            Validation validation, @Nullable Integer value, String field, int least, int most) {
        validation.check(
                value == null || (value >= least && value <= most),
                field,
                "range",
                field + " is " + value + "; it is a number from " + least + " to " + most + ".");
    }

    private static void title(Validation validation, @Nullable String title) {
        validation.check(
                title == null
                        || (title.length() <= LONGEST_TITLE
                                && title.chars().noneMatch(Character::isISOControl)),
                "options.title",
                "title",
                "A title has at most " + LONGEST_TITLE + " characters, and no control characters.");
    }

    private static void command(Validation validation, @Nullable List<@Nullable String> command) {
        if (command == null) {
            return;
        }
        var good =
                !command.isEmpty()
                        && command.size() <= MOST_ARGUMENTS
                        && command.stream().allMatch(a -> a != null && a.indexOf('\0') < 0)
                        && !Objects.requireNonNull(command.getFirst()).isBlank()
                        && command.stream().mapToInt(a -> String.valueOf(a).length()).sum()
                                <= LONGEST_COMMAND;
        validation.check(
                good,
                "options.command",
                "argv",
                "A command is a list of 1 to " + MOST_ARGUMENTS + " texts, the program first.");
    }

    private static void cwd(Validation validation, @Nullable String cwd) {
        validation.check(
                cwd == null
                        || (cwd.length() <= LONGEST_PATH
                                && !cwd.startsWith("/")
                                && cwd.indexOf('\0') < 0
                                && !List.of(cwd.split("/", -1)).contains("..")),
                "options.cwd",
                "path",
                "cwd is a path below the workspace's root.");
    }
}
