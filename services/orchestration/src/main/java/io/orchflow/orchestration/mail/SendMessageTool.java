package io.orchflow.orchestration.mail;

import io.orchflow.orchestration.mcp.Arguments;
import io.orchflow.orchestration.mcp.Parameter;
import io.orchflow.orchestration.mcp.Tool;
import io.orchflow.orchestration.mcp.ToolRefused;
import io.orchflow.orchestration.tunnel.AskingAgent;
import jakarta.inject.Singleton;
import java.util.List;

/// From the agent at the connection to others of its swarm.
@Singleton
public class SendMessageTool implements Tool {
    private final MailStore store;

    SendMessageTool(MailStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "send_message";
    }

    @Override
    public String description() {
        return "Writes to other agents of your swarm, or to people. They read it when they look; do not wait for an answer."
                + " Use it for what others need to know for their tasks, and for nothing else.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text(
                        "to", "A role, the id of an agent or task, \"all\", or \"people\".", 200),
                Parameter.text("text", "What you have to say, in a few sentences.", 4_000));
    }

    @Override
    public String call(Arguments arguments, AskingAgent agent) throws ToolRefused {
        var text = arguments.text("text").replace("\u0000", "");
        return switch (store.send(agent.caller(), arguments.text("to"), text)) {
            case MailStore.Sent.Kept(var receivers) ->
                    receivers == 0
                            ? "Shown to people."
                            : "Sent; it waits for " + receivers + " to read it.";
            case MailStore.Sent.No(var why) -> throw new ToolRefused(why);
        };
    }
}
