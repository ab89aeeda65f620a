package io.orchflow.orchestration.acp;

import com.agentclientprotocol.sdk.json.AcpJsonMapper;
import com.agentclientprotocol.sdk.json.JacksonAcpJsonMapper;
import com.agentclientprotocol.sdk.json.TypeRef;
import com.agentclientprotocol.sdk.spec.AcpClientTransport;
import com.agentclientprotocol.sdk.spec.AcpSchema;
import com.agentclientprotocol.sdk.spec.AcpSchema.JSONRPCMessage;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.orchestration.tunnel.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// One connection with two talks on it, a line of JSON each: the protocol's messages, as the
/// program
/// reads and writes them, and ours with its runner, known by the key `orchflow`.
final class AcpTunnel implements AcpClientTransport {
    private static final Logger LOG = Logger.getLogger(AcpTunnel.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String OURS = "orchflow";
    private static final int MOST_TOLD = 1_000;

    private final AcpJsonMapper mapper = new JacksonAcpJsonMapper(JSON);
    private final Lines lines;
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>(MOST_TOLD);
    private volatile @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;
    private volatile Runnable onCancel = () -> {};
    private volatile boolean over;

    AcpTunnel(Lines lines) {
        this.lines = lines;
    }

    /// Reads until the connection is over.
    ///
    /// @param then called at its end
    void read(Runnable then) {
        try {
            for (var line = lines.next(); line != null; line = lines.next()) {
                take(line);
            }
        } catch (IOException e) {
            LOG.debugf("Connection of a program broke reason=%s", e.getMessage());
        } finally {
            over = true;
            var _ = told.offer(JSON.createObjectNode());
            then.run();
        }
    }

    private void take(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (IOException e) {
            LOG.debugf("A line is no JSON reason=%s", e.getMessage());
            return;
        }
        if (!json.has(OURS)) {
            pass(line);
        } else if (json.get(OURS).asText().equals("cancel")) {
            onCancel.run();
        } else if (!told.offer(json)) {
            LOG.debug("The runner tells more than anybody asked for");
        }
    }

    private void pass(String line) {
        var to = handler;
        try {
            if (to != null) {
                to.apply(Mono.just(AcpSchema.deserializeJsonRpcMessage(mapper, line))).subscribe();
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.debugf("A message is not of the protocol reason=%s", e.getMessage());
        }
    }

    /// Whether the connection has ended.
    boolean over() {
        return over;
    }

    /// What the runner says next.
    ///
    /// @throws IOException it said something else, or nothing more comes
    JsonNode told(String what) throws IOException, InterruptedException {
        var next = told.take();
        if (!next.path(OURS).asText().equals(what)) {
            var said = next.path(OURS).asText("nothing more");
            throw new IOException("the runner says " + said + " instead of " + what);
        }
        return next;
    }

    static ObjectNode saying(String what) {
        return JSON.createObjectNode().put(OURS, what);
    }

    void tell(ObjectNode line) throws IOException {
        lines.send(line.toString());
    }

    void onCancel(Runnable then) {
        onCancel = then;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> to) {
        return Mono.fromRunnable(() -> handler = to);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> send(message));
    }

    private void send(JSONRPCMessage message) {
        try {
            lines.send(Objects.requireNonNull(mapper.writeValueAsString(message)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
