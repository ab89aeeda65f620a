package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.orchflow.events.Ids;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AgentTerminal;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.EndTerminalRequest;
import io.orchflow.workspace.v1.OpenTerminalRequest;
import io.orchflow.workspace.v1.ReadTextRequest;
import io.orchflow.workspace.v1.TerminalEvent;
import io.orchflow.workspace.v1.WriteTextRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An attempt's sandbox, by its workspace's agent.
final class SandboxCalls implements AgentSandbox {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int SECONDS = 30;

    /// How often a connection that broke is made again, a second after the other.
    private static final int MOST_TRIES = 30;

    private final AgentCalls calls;
    private final String agentId;
    private final BooleanSupplier mayBegin;

    /// @param mayBegin whether its swarm runs
    SandboxCalls(AgentCalls calls, String agentId, BooleanSupplier mayBegin) {
        this.calls = calls;
        this.agentId = agentId;
        this.mayBegin = mayBegin;
    }

    @Override
    public AgentTerminal open(Order order) throws IOException, InterruptedException {
        var request =
                OpenTerminalRequest.newBuilder()
                        .setFence(calls.fence(Ids.next()))
                        .setAgentId(agentId)
                        .setTitle(order.title())
                        .addAllCommand(order.command())
                        .setDirectory(order.directory())
                        .putAllEnvironment(order.environment())
                        .build();
        while (true) {
            while (!mayBegin.getAsBoolean()) {
                Thread.sleep(PAUSE);
            }
            try {
                return new Terminal(request);
            } catch (IOException e) {
                if (mayBegin.getAsBoolean()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        var request = ReadTextRequest.newBuilder().setAgentId(agentId).setPath(path).build();
        return asked(() -> stub().readText(request)).getContent().toByteArray();
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
        var request =
                WriteTextRequest.newBuilder()
                        .setFence(calls.fence(Ids.next()))
                        .setAgentId(agentId)
                        .setPath(path)
                        .setContent(ByteString.copyFrom(content))
                        .build();
        asked(() -> stub().writeText(request));
    }

    private AttemptsGrpc.AttemptsBlockingStub stub() {
        return AttemptsGrpc.newBlockingStub(calls.channel())
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                .withMaxInboundMessageSize(8 << 20);
    }

    private <T> T asked(Supplier<T> call) throws IOException {
        try {
            return calls.call(call);
        } catch (Refused | Unreachable | LeaseLost e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private final class Terminal implements AgentTerminal {
        private final OpenTerminalRequest request;
        private final String paneId;
        private Context.CancellableContext context = Context.ROOT.withCancellation();
        private Iterator<TerminalEvent> events;
        private long taken;
        private volatile boolean closed;
        private volatile @Nullable Integer exitCode;

        Terminal(OpenTerminalRequest request) throws IOException {
            this.request = request;
            this.events = listen();
            this.paneId = opened();
        }

        private Iterator<TerminalEvent> listen() throws IOException {
            return asked(
                    () ->
                            calls.within(
                                    context,
                                    () ->
                                            AttemptsGrpc.newBlockingStub(calls.channel())
                                                    .openTerminal(request)));
        }

        private String opened() throws IOException {
            return asked(() -> events.next().getOpened());
        }

        @Override
        public String paneId() {
            return paneId;
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            String reason = "";
            for (int tries = 0; !closed && tries < MOST_TRIES; tries++) {
                try {
                    if (tries > 0) {
                        again();
                    }
                    return next();
                } catch (StatusRuntimeException | IOException e) {
                    reason = String.valueOf(e.getMessage());
                }
            }
            throw new IOException("the terminal " + paneId + " cannot be reached: " + reason);
        }

        private byte @Nullable [] next() {
            while (true) {
                var event = events.next();
                if (event.hasExited()) {
                    exitCode =
                            event.getExited().hasExitCode()
                                    ? event.getExited().getExitCode()
                                    : null;
                    return null;
                }
                if (event.hasOutput()) {
                    taken += event.getOutput().size();
                    return event.getOutput().toByteArray();
                }
            }
        }

        /// The connection broke: the terminal is found again, and what was read of it is passed by.
        private void again() throws IOException {
            context.cancel(null);
            try {
                Thread.sleep(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            context = Context.ROOT.withCancellation();
            events = listen();
            var _ = opened();
            long skip = taken;
            while (skip > 0) {
                skip -= events.next().getOutput().size();
            }
        }

        @Override
        public OptionalInt exitCode() {
            Integer code = exitCode;
            return code == null ? OptionalInt.empty() : OptionalInt.of(code);
        }

        @Override
        public void end() throws IOException {
            var ended =
                    EndTerminalRequest.newBuilder()
                            .setFence(calls.fence(Ids.next()))
                            .setAgentId(agentId)
                            .setPaneId(paneId)
                            .build();
            asked(() -> stub().endTerminal(ended));
        }

        @Override
        public void close() {
            closed = true;
            context.cancel(null);
        }
    }
}
