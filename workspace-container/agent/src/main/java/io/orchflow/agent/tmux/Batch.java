package io.orchflow.agent.tmux;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Commands that tmux runs one after the other with nothing in between: one line of control mode.
/// When one fails, the rest is not run.
public final class Batch {

    /// @param closing what the next command prints, where the reply of this one may hold anything
    /// @param isMark true for that next command, which answers nobody
    record Command(String text, @Nullable String closing, boolean isMark) {}

    private final List<Command> commands = new ArrayList<>();

    /// A command from plain words.
    public Batch add(String... words) {
        return add(List.of(words));
    }

    public Batch add(List<String> words) {
        commands.add(new Command(TmuxWords.command(words), null, false));
        return this;
    }

    /// A command that prints what a pane's program chose. Its reply is closed by a secret, so that
    /// no line in it can pass for tmux's own words. The command must be one that cannot fail where
    /// the one before it did not.
    public Batch addOpaque(String... words) {
        String secret = "orchflow-" + UUID.randomUUID();
        commands.add(new Command(TmuxWords.command(List.of(words)), secret, false));
        commands.add(new Command("display-message -p " + secret, null, true));
        return this;
    }

    List<Command> commands() {
        return commands;
    }

    String line() {
        return String.join(" ; ", commands.stream().map(Command::text).toList()) + "\n";
    }
}
