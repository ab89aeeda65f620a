package io.orchflow.terminal;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A viewer of one pane, on a socket of its own.
final class PaneViewer implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final PaneTranscript transcript = new PaneTranscript();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

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
            transcript.take(new JsonObject(text.toString()));
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
            transcript.take(ByteBuffer.wrap(frame.toByteArray()));
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

    List<JsonObject> texts() {
        return transcript.texts();
    }

    boolean has(Predicate<JsonObject> message) {
        return transcript.has(message);
    }

    boolean has(String type) {
        return transcript.has(type);
    }

    byte[] output() {
        return transcript.output();
    }

    String screen() {
        return transcript.screen();
    }

    long nextSeq() {
        return transcript.nextSeq();
    }

    int repaints() {
        return transcript.repaints();
    }

    /// What of the contract the stream broke; absent for nothing.
    @Nullable String broken() {
        return transcript.broken();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
