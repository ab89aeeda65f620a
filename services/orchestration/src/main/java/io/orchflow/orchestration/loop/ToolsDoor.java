package io.orchflow.orchestration.loop;

import io.orchflow.orchestration.mcp.ToolCalls;
import io.orchflow.orchestration.model.ModelProxy;
import io.orchflow.orchestration.permission.Desk;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.StreamDoor;
import io.orchflow.orchestration.tunnel.Tunnel;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jboss.logging.Logger;

/// Where the runner of our agent comes in: one conversation with the model for each connection.
@Singleton
public class ToolsDoor implements StreamDoor {
    private static final Logger LOG = Logger.getLogger(ToolsDoor.class);

    private final ModelProxy proxy;
    private final Desk desk;
    private final ToolCalls tools;
    private final Limits limits;

    ToolsDoor(ModelProxy proxy, Desk desk, ToolCalls tools, LoopConfig config) {
        this.proxy = proxy;
        this.desk = desk;
        this.tools = tools;
        this.limits = config.limits();
    }

    @Override
    public String path() {
        return "/orchflow/v1/tools";
    }

    @Override
    public String protocol() {
        return "orchflow-tools";
    }

    @Override
    public void run(Tunnel stream, AskingAgent agent) throws IOException, InterruptedException {
        try (var runner = new RunnerTunnel(stream)) {
            Hello hello;
            try {
                hello = runner.hello();
            } catch (IllegalArgumentException e) {
                runner.end(End.noAnswer(String.valueOf(e.getMessage())));
                return;
            }
            LOG.debugf("Agent begins agentId=%s model=%s", agent.caller().agentId(), hello.model());
            var client = ProxyHttpClient.builder(e -> proxy.answer(e, agent), runner::open);
            var team = new TeamCalls(tools, agent, runner::open);
            var model = StreamingModel.of(hello, client).with(ToolKit.all()).with(team.all());
            var gate = desk.gate(agent, runner::open);
            new AgentLoop(model, runner, agent::mayAsk, gate, team, limits).run(hello);
        }
    }
}
