package io.orchflow.modelserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Speaks the three wires of [Wire] on a free loopback port, streaming or whole, as a [Script]
/// says. Any number of clients at once.
public final class ModelServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Wire> WIRES =
            List.of(new ResponsesWire(), new ChatWire(), new MessagesWire());
    private static final int RETRY_AFTER_SECONDS = 1;

    /// A request as it came.
    ///
    /// @param path of the wire
    /// @param key what the client showed to be let in; empty where it showed nothing
    public record Seen(String path, String key, Conversation conversation) {}

    private final Script script;
    private final @Nullable String key;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final LongAdder tokens = new LongAdder();

    private ModelServer(Script script, @Nullable String key) throws IOException {
        this.script = script;
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        for (Wire wire : WIRES) {
            server.createContext(wire.path(), exchange -> answer(wire, exchange));
        }
        server.createContext("/v1/models", ModelServer::models);
        server.start();
    }

    /// Lets everybody in.
    public static ModelServer start(Script script) throws IOException {
        return new ModelServer(script, null);
    }

    /// Answers 401 to everybody who does not show the key.
    public static ModelServer start(Script script, String key) throws IOException {
        return new ModelServer(script, key);
    }

    /// Without a path.
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Everything that was asked so far and could be read, oldest first; refused requests too.
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// What all answers together would be billed: tokens of requests and answers, counted from the
    /// moment that an answer begins.
    public long billed() {
        return tokens.sum();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(Wire wire, HttpExchange exchange) throws IOException {
        JsonNode request;
        try {
            request = JSON.readTree(exchange.getRequestBody());
        } catch (JsonProcessingException e) {
            send(exchange, 400, wire.error(400, "the body is no JSON"));
            return;
        }
        Conversation conversation = wire.read(request);
        String shown = shownKey(exchange);
        seen.add(new Seen(wire.path(), shown, conversation));
        if (key != null && !key.equals(shown)) {
            send(exchange, 401, wire.error(401, "the key is not known"));
            return;
        }
        Turn turn = script.next(conversation);
        switch (turn.fault()) {
            case Turn.None _ -> give(wire, exchange, conversation, turn, Integer.MAX_VALUE);
            case Turn.Cut cut -> give(wire, exchange, conversation, turn, cut.events());
            case Turn.Status status -> refuse(wire, exchange, status.code());
            case Turn.Silence _ -> await(Duration.ofHours(1));
            case Turn.Nonsense _ -> nonsense(exchange);
        }
    }

    private static String shownKey(HttpExchange exchange) {
        String bearer =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse("");
        return bearer.startsWith("Bearer ")
                ? bearer.substring("Bearer ".length())
                : Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-api-key"))
                        .orElse("");
    }

    private void give(
            Wire wire, HttpExchange exchange, Conversation conversation, Turn turn, int atMost)
            throws IOException {
        Reply reply;
        try {
            reply = Reply.of(id(conversation), conversation, turn);
        } catch (IllegalStateException e) {
            send(exchange, 422, wire.error(422, String.valueOf(e.getMessage())));
            return;
        }
        tokens.add(reply.inputTokens() + reply.outputTokens());
        if (conversation.stream()) {
            stream(exchange, wire.stream(reply), turn.pause(), atMost);
        } else {
            await(turn.pause());
            send(exchange, 200, wire.whole(reply));
        }
    }

    /// The same for the same request, so that an answer to a second try is the same answer.
    private static String id(Conversation conversation) {
        return "%08x".formatted(conversation.entries().hashCode()) + conversation.turn();
    }

    private void stream(HttpExchange exchange, List<Wire.Event> events, Duration pause, int atMost)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        int sent = 0;
        for (Wire.Event event : events) {
            if (sent == atMost) {
                // What a handler throws ends the connection without the stream's own end.
                throw new IOException("cut, as scripted");
            }
            await(pause);
            String name = event.name() == null ? "" : "event: " + event.name() + "\n";
            out.write((name + "data: " + event.data() + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            sent++;
        }
        exchange.close();
    }

    private static void refuse(Wire wire, HttpExchange exchange, int status) throws IOException {
        if (status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "" + RETRY_AFTER_SECONDS);
        }
        send(exchange, status, wire.error(status, "refused, as scripted"));
    }

    private static void nonsense(HttpExchange exchange) throws IOException {
        byte[] body = "<html>not a model</html>".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void models(HttpExchange exchange) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("object", "list");
        body.putArray("data").addObject().put("id", "scripted").put("object", "model");
        send(exchange, 200, body);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// Ends early, and the connection with it, when the server closes.
    private void await(Duration time) throws IOException {
        try {
            if (time.isPositive() && closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the server closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server closes", e);
        }
    }
}
