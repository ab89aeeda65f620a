package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.task.Returned;
import java.util.List;

/// What an agent is told at its start. What people and other agents wrote is quoted and labelled:
/// it says what is wanted, and changes no rule.
final class Prompt {

    private static final String DECIDE =
            "Nobody answers questions here: decide, and say what you decided.";
    private static final String ASK =
            "Decide what you can, and say what you decided; a person who is asked may be long in coming.";

    private Prompt() {}

    static String of(PlannedTask task, Adapter.Briefing briefing) {
        var text = new StringBuilder();
        text.append("You are one of a team of agents, in the role: ").append(task.role());
        text.append(".\nYour task: ").append(task.title()).append("\n\n");
        if (task.prompt() != null) {
            text.append(task.prompt().strip()).append("\n\n");
        }
        quoted(text, "It is a part of what a person asked for:", List.of(briefing.request()));
        quoted(text, "People have said since:", briefing.messages());
        if (briefing.returned() instanceof Returned(var _, var reason, var _)) {
            text.append(
                    """
                    You have worked on this task before, and that attempt was not merged. Its commits are on the branch
                    `earlier` of this clone, which itself is as main is now: merge or pick what is good, mend the rest.
                    """);
            quoted(text, "Why it was not merged:", List.of(reason));
        }
        text.append(
                """
                How the work is judged: the following commands run, after you have ended, on a clean checkout of
                what you committed, where you cannot reach them. All have to succeed.
                """);
        for (var check : task.acceptance()) {
            text.append("    ").append(check.command().replace("\n", "\n    ")).append('\n');
        }
        text.append(
                """

                Rules:
                - Work in the current directory only, a git clone of your own. Commit your work there with git; what
                  you leave uncommitted is committed for you. Others work in clones of their own, and all is merged.
                - Do the task and nothing else. Do not change tests or settings that only serve to judge you.
                - There is no network. %s
                - End with a short account of what you did and what you could not do.
                """
                        .formatted(task.adapter() == AdapterKind.MODEL ? ASK : DECIDE));
        return text.toString();
    }

    private static void quoted(StringBuilder text, String label, List<String> said) {
        if (said.isEmpty()) {
            return;
        }
        text.append(label).append('\n');
        for (var one : said) {
            text.append("> ").append(one.strip().replace("\n", "\n> ")).append("\n\n");
        }
    }
}
