package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
import io.orchflow.orchestration.permission.Desk;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Lines;
import io.orchflow.orchestration.tunnel.StreamDoor;
import io.orchflow.orchestration.tunnel.Tunnel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Takes the connection by which an attempt's runner carries the standard streams of a program that
/// speaks the Agent Client Protocol, and is its client.
@Singleton
@RegisterForReflection(targets = AcpSchema.class, ignoreNested = false) // Jackson's
public class AcpDoor implements StreamDoor {
    private final Desk desk;

    AcpDoor(Desk desk) {
        this.desk = desk;
    }

    @Override
    public String path() {
        return "/orchflow/v1/acp";
    }

    @Override
    public String protocol() {
        return "acp";
    }

    @Override
    public void run(Tunnel stream, AskingAgent agent) throws IOException, InterruptedException {
        var tunnel = new AcpTunnel(new Lines(stream));
        var gate = desk.gate(agent, () -> !tunnel.over());
        try (var session = new AcpRun(tunnel, agent.sandbox(), gate)) {
            session.run();
        }
    }
}
