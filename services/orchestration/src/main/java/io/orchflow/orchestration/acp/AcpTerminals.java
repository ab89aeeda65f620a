package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
import com.agentclientprotocol.sdk.spec.AcpSchema.EnvVariable;
import com.agentclientprotocol.sdk.spec.AcpSchema.TerminalExitStatus;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AgentSandbox.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The protocol's terminals, by their ids: each is a pane.
final class AcpTerminals implements AutoCloseable {
    private static final int LONGEST_TITLE = 120;

    private final AgentSandbox sandbox;
    private final Map<String, KeptOutput> open = new ConcurrentHashMap<>();

    AcpTerminals(AgentSandbox sandbox) {
        this.sandbox = sandbox;
    }

    AcpSchema.CreateTerminalResponse create(AcpSchema.CreateTerminalRequest request)
            throws IOException, InterruptedException {
        var terminal = sandbox.open(order(request));
        open.put(terminal.paneId(), KeptOutput.of(terminal, request.outputByteLimit()));
        return new AcpSchema.CreateTerminalResponse(terminal.paneId());
    }

    private static Order order(AcpSchema.CreateTerminalRequest request) {
        var argv = new ArrayList<>(List.of(request.command()));
        argv.addAll(Objects.requireNonNullElse(request.args(), List.of()));
        var title = String.join(" ", argv);
        // Some send a whole line for a shell where the protocol has a program.
        var line = argv.size() == 1 && title.strip().contains(" ");
        var environment = new HashMap<String, String>();
        for (EnvVariable variable :
                Objects.requireNonNullElse(request.env(), List.<EnvVariable>of())) {
            environment.put(variable.name(), variable.value());
        }
        return new Order(
                title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                line ? List.of("/bin/sh", "-c", title) : argv,
                Objects.requireNonNullElse(request.cwd(), ""),
                environment);
    }

    AcpSchema.TerminalOutputResponse output(AcpSchema.TerminalOutputRequest request) {
        var kept = find(request.terminalId());
        return new AcpSchema.TerminalOutputResponse(
                kept.text(), kept.truncated(), kept.ended() ? status(kept) : null);
    }

    private static TerminalExitStatus status(KeptOutput kept) {
        @Nullable Integer code = kept.exitCode();
        return new TerminalExitStatus(code, code == null ? "KILL" : null);
    }

    AcpSchema.WaitForTerminalExitResponse await(AcpSchema.WaitForTerminalExitRequest request)
            throws InterruptedException {
        var kept = find(request.terminalId());
        kept.awaitEnd();
        var status = status(kept);
        return new AcpSchema.WaitForTerminalExitResponse(status.exitCode(), status.signal());
    }

    AcpSchema.KillTerminalCommandResponse kill(AcpSchema.KillTerminalCommandRequest request)
            throws IOException {
        find(request.terminalId()).kill();
        return new AcpSchema.KillTerminalCommandResponse();
    }

    AcpSchema.ReleaseTerminalResponse release(AcpSchema.ReleaseTerminalRequest request)
            throws IOException {
        var kept = open.remove(request.terminalId());
        if (kept != null) {
            kept.kill();
            kept.close();
        }
        return new AcpSchema.ReleaseTerminalResponse();
    }

    private KeptOutput find(String id) {
        var kept = open.get(id);
        if (kept == null) {
            throw new IllegalArgumentException("there is no terminal " + id);
        }
        return kept;
    }

    /// Stops listening; what runs goes on.
    @Override
    public void close() {
        open.values().forEach(KeptOutput::close);
    }
}
