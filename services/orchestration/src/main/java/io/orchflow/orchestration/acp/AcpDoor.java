package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
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
        try (var session = new AcpRun(new AcpTunnel(new Lines(stream)), agent.sandbox())) {
            session.run();
        }
    }
}
