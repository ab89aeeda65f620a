package io.orchflow.orchestration.mail;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.mcp.Arguments;
import io.orchflow.orchestration.mcp.Parameter;
import io.orchflow.orchestration.mcp.Tool;
import io.orchflow.orchestration.mcp.ToolRefused;
import io.orchflow.orchestration.tunnel.AskingAgent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The agent is NEEDS_YOU while its call waits for what a person writes to it.
@Singleton
public class AskForHelpTool implements Tool {
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final long LOOK_MILLIS = 500;
    private static final int SHOWN = 200;

    private final MailStore store;

    AskForHelpTool(MailStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "ask_for_help";
    }

    @Override
    public String description() {
        return "Asks a person and waits up to four minutes for the answer:"
                + " only for what you cannot decide or find out by yourself.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("question", "One question, with what one has to know.", SHOWN));
    }

    @Override
    public String call(Arguments arguments, AskingAgent agent)
            throws ToolRefused, InterruptedException {
        return call(arguments, agent, () -> true);
    }

    /// An answer that nobody hears any more is left for the inbox.
    @Override
    public String call(Arguments arguments, AskingAgent agent, BooleanSupplier heard)
            throws ToolRefused, InterruptedException {
        var since = Ids.next();
        var until = System.nanoTime() + LONGEST.toNanos();
        agent.needs(line(arguments.text("question")));
        try {
            while (System.nanoTime() < until && heard.getAsBoolean()) {
                var answers = store.answers(agent.caller(), since);
                if (!answers.isEmpty()) {
                    return ReadMessagesTool.quoted(answers);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            agent.helped();
        }
        throw new ToolRefused(
                "Nobody has answered yet. Do what you can without the answer, or ask once more.");
    }

    static String line(String question) {
        return question.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
}
