package io.orchflow.terminal;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A viewer of a pane that holds the stream to the contract: sequence numbers follow each other,
/// and
/// jump only behind a snapshot.
final class PaneViewer implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonObject> texts = new ArrayList<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private long nextSeq = -1;
    private boolean repaintNext;
    private int repaints;
    private @Nullable String broken;

    private PaneViewer(String url, boolean reading) {
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(url.replaceFirst("^http", "ws")), this)
                        .join();
        if (reading) {
            socket.request(Long.MAX_VALUE);
        }
    }

    static PaneViewer attach(String url) {
        return new PaneViewer(url, true);
    }

    /// One that opens a socket and takes nothing from it.
    static PaneViewer attachWithoutReading(String url) {
        return new PaneViewer(url, false);
    }

    @Override
    public void onOpen(WebSocket opened) {
        // nothing is asked for here: see the constructor
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            take(new JsonObject(text.toString()));
            text.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        var bytes = new byte[part.remaining()];
        part.get(bytes);
        frame.writeBytes(bytes);
        if (last) {
            takeBinary(frame.toByteArray());
            frame.reset();
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    private synchronized void take(JsonObject message) {
        texts.add(message);
        switch (message.getString("type")) {
            case "hello" -> nextSeq = message.getLong("seq");
            case "snapshot" -> {
                nextSeq = message.getLong("seq");
                repaintNext = true;
            }
            default -> {}
        }
    }

    private synchronized void takeBinary(byte[] bytes) {
        var seq = ByteBuffer.wrap(bytes).getLong();
        if (seq != nextSeq) {
            broken = "output at " + seq + ", expected " + nextSeq;
        }
        if (repaintNext) {
            repaintNext = false;
            repaints++;
            return;
        }
        nextSeq = seq + bytes.length - Long.BYTES;
        output.write(bytes, Long.BYTES, bytes.length - Long.BYTES);
    }

    void type(String input) {
        socket.sendBinary(ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8)), true).join();
    }

    void input(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void say(JsonObject message) {
        socket.sendText(message.encode(), true).join();
    }

    void read() {
        socket.request(Long.MAX_VALUE);
    }

    /// Cuts the connection without a word.
    void cut() {
        socket.abort();
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    synchronized List<JsonObject> texts() {
        return List.copyOf(texts);
    }

    boolean has(Predicate<JsonObject> message) {
        return texts().stream().anyMatch(message);
    }

    boolean has(String type) {
        return has(message -> type.equals(message.getString("type")));
    }

    synchronized byte[] output() {
        return output.toByteArray();
    }

    String screen() {
        return new String(output(), StandardCharsets.UTF_8);
    }

    synchronized long nextSeq() {
        return nextSeq;
    }

    synchronized int repaints() {
        return repaints;
    }

    /// What of the contract the stream broke; absent for nothing.
    synchronized @Nullable String broken() {
        return broken;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
