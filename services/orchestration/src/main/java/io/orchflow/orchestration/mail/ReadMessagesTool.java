package io.orchflow.orchestration.mail;

import io.orchflow.orchestration.mcp.Arguments;
import io.orchflow.orchestration.mcp.Parameter;
import io.orchflow.orchestration.mcp.Quote;
import io.orchflow.orchestration.mcp.Tool;
import io.orchflow.orchestration.tunnel.AskingAgent;
import jakarta.inject.Singleton;
import java.util.List;

/// What other agents wrote, once.
@Singleton
public class ReadMessagesTool implements Tool {
    private final MailStore store;

    ReadMessagesTool(MailStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "read_messages";
    }

    @Override
    public String description() {
        return "Gives what other agents wrote to you and you have not read yet. Look at your start, and before you finish.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public String call(Arguments arguments, AskingAgent agent) {
        var unread = store.read(agent.caller());
        return unread.isEmpty() ? "There are no new messages." : quoted(unread);
    }

    static String quoted(List<MailView> mails) {
        var text = new StringBuilder(Quote.label());
        for (var mail : mails) {
            var from = mail.from();
            var who =
                    from.kind().equals("user")
                            ? from.name() + " (a person)"
                            : "The agent " + from.id() + " in the role " + from.name();
            text.append('\n').append(Quote.of(who, mail.text()));
        }
        return text.toString();
    }
}
