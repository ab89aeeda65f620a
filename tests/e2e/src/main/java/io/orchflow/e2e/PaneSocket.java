package io.orchflow.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One viewer of one pane, speaking the contract's frames. Keeps what it was sent.
public final class PaneSocket implements WebSocket.Listener, AutoCloseable {
    private final WebSocket socket;
    public final List<JsonNode> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private long firstSeq = -1;
    private long nextSeq = -1;
    private int snapshots;
    private boolean repaintFollows;
    private @Nullable String broken;
    public final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private PaneSocket(URI uri) {
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .buildAsync(uri, this)
                        .join();
    }

    /// @param from sequence number to resume at; null: none is said
    public static PaneSocket open(Api api, String wsUrl, @Nullable Long from) {
        URI uri = api.origin.resolve(wsUrl);
        String query = from == null ? "" : "&from=" + from;
        return new PaneSocket(
                URI.create(
                        "ws://"
                                + uri.getAuthority()
                                + uri.getPath()
                                + "?"
                                + uri.getQuery()
                                + query));
    }

    /// A new ticket for a pane, then a connection with it.
    public static PaneSocket attach(Api api, String paneId, String role, @Nullable Long from) {
        String wsUrl =
                api.post("/api/terminal/pane/" + paneId + "/ticket", "{\"role\": \"" + role + "\"}")
                        .expect(201)
                        .json()
                        .get("wsUrl")
                        .asText();
        return open(api, wsUrl, from);
    }

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(text.toString());
            text.setLength(0);
        }
        ws.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void take(String json) {
        try {
            JsonNode node = Api.JSON.readTree(json);
            texts.add(node);
            switch (node.path("type").asText()) {
                case "hello" -> nextSeq = node.get("seq").asLong();
                case "snapshot" -> {
                    snapshots++;
                    repaintFollows = true;
                    nextSeq = node.get("seq").asLong();
                }
                default -> {}
            }
        } catch (JsonProcessingException e) {
            broken = "text frame is no JSON: " + json;
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        frame.writeBytes(bytes);
        if (last) {
            take(ByteBuffer.wrap(frame.toByteArray()));
            frame.reset();
        }
        ws.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void take(ByteBuffer whole) {
        long seq = whole.getLong();
        if (seq != nextSeq) {
            broken = "frame at %d where %d was due".formatted(seq, nextSeq);
        }
        if (repaintFollows) {
            repaintFollows = false;
            return;
        }
        if (firstSeq < 0) {
            firstSeq = seq;
        }
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        output.writeBytes(bytes);
        nextSeq = seq + bytes.length;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
        closed.completeExceptionally(error);
    }

    public synchronized byte[] output() {
        if (broken != null) {
            throw new AssertionError(broken);
        }
        return output.toByteArray();
    }

    public synchronized String outputText() {
        return output.toString(StandardCharsets.UTF_8);
    }

    public synchronized long nextSeq() {
        return nextSeq;
    }

    public synchronized int snapshots() {
        return snapshots;
    }

    public void type(String keys) {
        socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.UTF_8)), true).join();
    }

    public void say(String json) {
        socket.sendText(json, true).join();
    }

    /// Cuts the connection without a closing handshake.
    public void cut() {
        socket.abort();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
