package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.client.AcpAsyncClient;
import com.agentclientprotocol.sdk.client.AcpClient;
import com.agentclientprotocol.sdk.spec.AcpSchema;
import com.agentclientprotocol.sdk.spec.AcpSchema.ClientCapabilities;
import com.agentclientprotocol.sdk.spec.AcpSchema.FileSystemCapability;
import com.agentclientprotocol.sdk.spec.AcpSchema.InitializeRequest;
import com.agentclientprotocol.sdk.spec.AcpSchema.LoadSessionRequest;
import com.agentclientprotocol.sdk.spec.AcpSchema.NewSessionRequest;
import com.agentclientprotocol.sdk.spec.AcpSchema.PermissionOption;
import com.agentclientprotocol.sdk.spec.AcpSchema.PermissionOptionKind;
import com.agentclientprotocol.sdk.spec.AcpSchema.PromptRequest;
import com.agentclientprotocol.sdk.spec.AcpSchema.StopReason;
import com.agentclientprotocol.sdk.spec.AcpSchema.TextContent;
import com.fasterxml.jackson.databind.JsonNode;
import io.orchflow.orchestration.permission.Gate;
import io.orchflow.orchestration.permission.Wanted;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// One attempt of a program that speaks the Agent Client Protocol, from its first prompt to the
/// last
/// message that people sent.
///
/// The program asks for nothing that its sandbox does not bound already, so a permission is given
/// once, and shown.
final class AcpRun implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AcpRun.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /// A turn takes as long as it takes: pauses and budgets bound it, no clock.
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private static final int PROTOCOL = 1;
    private static final ClientCapabilities CAPABILITIES =
            new ClientCapabilities(new FileSystemCapability(true, true), true);
    private static final int CANCELLED = 130;
    private static final Scheduler VIRTUAL = Schedulers.fromExecutor(Thread::startVirtualThread);
    private static final String INTERRUPTED =
            "Your turn was cut off, and your program was started again. Look at what is there, and go on with your task.\n\n";

    private final AcpTunnel tunnel;
    private final AgentSandbox sandbox;
    private final Gate gate;
    private final AcpTerminals terminals;
    private final AcpAsyncClient client;
    private volatile @Nullable String sessionId;

    private record End(int exitCode, @Nullable String reason) {}

    private interface Answer<Q, A> {
        A to(Q question) throws IOException, InterruptedException;
    }

    AcpRun(AcpTunnel tunnel, AgentSandbox sandbox, Gate gate) {
        this.tunnel = tunnel;
        this.sandbox = sandbox;
        this.gate = gate;
        this.terminals = new AcpTerminals(sandbox);
        this.client =
                AcpClient.async(tunnel)
                        .requestTimeout(NO_LIMIT)
                        .clientCapabilities(CAPABILITIES)
                        .readTextFileHandler(q -> later(q, this::read))
                        .writeTextFileHandler(q -> later(q, this::write))
                        .requestPermissionHandler(q -> later(q, this::permit))
                        .createTerminalHandler(q -> later(q, terminals::create))
                        .terminalOutputHandler(q -> later(q, terminals::output))
                        .waitForTerminalExitHandler(q -> later(q, terminals::await))
                        .killTerminalHandler(q -> later(q, terminals::kill))
                        .releaseTerminalHandler(q -> later(q, terminals::release))
                        .sessionUpdateConsumer(_ -> Mono.empty()) // The runner draws them.
                        .build();
    }

    private static <Q, A> Mono<A> later(Q question, Answer<Q, A> answer) {
        return Mono.fromCallable(() -> answer.to(question)).subscribeOn(VIRTUAL);
    }

    /// @throws IOException the connection broke: the runner comes again
    void run() throws IOException, InterruptedException {
        var reading = Thread.ofVirtual().name("acp-reader").start(() -> tunnel.read(client::close));
        try {
            var end = work(tunnel.told("hello"));
            tunnel.tell(
                    AcpTunnel.saying("end")
                            .put("exitCode", end.exitCode)
                            .put("reason", end.reason));
        } finally {
            reading.interrupt();
        }
    }

    private End work(JsonNode hello) throws IOException, InterruptedException {
        try {
            begin(hello);
            tunnel.onCancel(this::cancel);
            var text = new StringBuilder();
            if (hello.hasNonNull("session")) {
                text.append(INTERRUPTED);
            }
            var end = turn(text.append(hello.path("prompt").asText()).toString());
            while (end.exitCode == 0) {
                tunnel.tell(AcpTunnel.saying("inbox"));
                var messages = tunnel.told("messages").path("prompt").asText("");
                if (messages.isEmpty()) {
                    break;
                }
                end = turn(messages);
            }
            return end;
        } catch (RuntimeException e) { // whatever the protocol's library throws
            if (tunnel.over()) {
                throw new IOException("the connection is over", e);
            }
            LOG.debugf("Turn failed reason=%s", e.getMessage());
            return new End(1, reason(e));
        }
    }

    private static String reason(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    private void begin(JsonNode hello) {
        var cwd = hello.path("cwd").asText();
        var about =
                present(
                        client.initialize(new InitializeRequest(PROTOCOL, CAPABILITIES))
                                .block(START_LIMIT));
        var session = hello.path("session").asText("");
        var can = about.agentCapabilities();
        if (!session.isEmpty() && can != null && Boolean.TRUE.equals(can.loadSession())) {
            client.loadSession(new LoadSessionRequest(session, cwd, List.of())).block(START_LIMIT);
            sessionId = session;
        } else {
            sessionId =
                    present(
                                    client.newSession(new NewSessionRequest(cwd, List.of()))
                                            .block(START_LIMIT))
                            .sessionId();
        }
    }

    private static <T> T present(@Nullable T answer) {
        return Objects.requireNonNull(answer, "the program gave an empty answer");
    }

    private End turn(String prompt) {
        var answer =
                client.prompt(
                                new PromptRequest(
                                        Objects.requireNonNull(sessionId),
                                        List.of(new TextContent(prompt))))
                        .block();
        StopReason stopped = present(answer).stopReason();
        return switch (present(stopped)) {
            case END_TURN -> new End(0, null);
            case MAX_TOKENS -> new End(1, "the model's answer reached its limit of tokens");
            case MAX_TURN_REQUESTS -> new End(1, "it asked its model as often as it may in a turn");
            case REFUSAL -> new End(1, "it refuses to go on");
            case CANCELLED -> new End(CANCELLED, "it was interrupted");
        };
    }

    private void cancel() {
        var session = sessionId;
        if (session != null) {
            client.cancel(new AcpSchema.CancelNotification(session)).subscribe();
        }
    }

    private AcpSchema.ReadTextFileResponse read(AcpSchema.ReadTextFileRequest request)
            throws IOException {
        var text = new String(sandbox.read(request.path()), StandardCharsets.UTF_8);
        if (request.line() == null && request.limit() == null) {
            return new AcpSchema.ReadTextFileResponse(text);
        }
        long from = request.line() == null ? 0 : Math.max(0, request.line() - 1);
        long most = request.limit() == null ? Long.MAX_VALUE : Math.max(0, request.limit());
        var lines = new ArrayList<String>();
        text.lines().skip(from).limit(most).forEach(lines::add);
        return new AcpSchema.ReadTextFileResponse(String.join("\n", lines));
    }

    private AcpSchema.WriteTextFileResponse write(AcpSchema.WriteTextFileRequest request)
            throws IOException {
        sandbox.write(request.path(), request.content().getBytes(StandardCharsets.UTF_8));
        return new AcpSchema.WriteTextFileResponse();
    }

    private AcpSchema.RequestPermissionResponse permit(AcpSchema.RequestPermissionRequest request)
            throws IOException, InterruptedException {
        var wanted = AcpWish.of(request.toolCall());
        var permitted = permits(wanted);
        var chosen =
                request.options().stream()
                        .filter(option -> permitted ? allows(option) : rejects(option))
                        .min(Comparator.comparing(PermissionOption::kind));
        tunnel.tell(
                AcpTunnel.saying("permitted")
                        .put("title", wanted.title())
                        .put("allowed", permitted && chosen.isPresent()));
        return new AcpSchema.RequestPermissionResponse(
                chosen.<AcpSchema.RequestPermissionOutcome>map(
                                option ->
                                        new AcpSchema.PermissionSelected(
                                                "selected", option.optionId()))
                        .orElseGet(() -> new AcpSchema.PermissionCancelled("cancelled")));
    }

    private boolean permits(Wanted wanted) throws IOException, InterruptedException {
        if (gate.asks()) {
            tunnel.tell(AcpTunnel.saying("asked").put("title", wanted.title()));
        }
        return gate.permits(wanted);
    }

    private static boolean rejects(PermissionOption option) {
        return option.kind() == PermissionOptionKind.REJECT_ONCE
                || option.kind() == PermissionOptionKind.REJECT_ALWAYS;
    }

    private static boolean allows(PermissionOption option) {
        return option.kind() == PermissionOptionKind.ALLOW_ONCE
                || option.kind() == PermissionOptionKind.ALLOW_ALWAYS;
    }

    @Override
    public void close() {
        terminals.close();
        client.close();
    }
}
