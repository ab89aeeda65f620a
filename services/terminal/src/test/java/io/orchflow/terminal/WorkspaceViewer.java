package io.orchflow.terminal;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A viewer of several panes of a workspace, on one socket.
final class WorkspaceViewer implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, PaneTranscript> channels = new ConcurrentHashMap<>();
    private final List<JsonObject> others = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    WorkspaceViewer(String url) {
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(url.replaceFirst("^http", "ws")), this)
                        .join();
        socket.request(Long.MAX_VALUE);
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

    private void take(JsonObject message) {
        var channel = message.getInteger("channel");
        if (channel == null || message.getString("type").equals("error")) {
            others.add(message);
        } else {
            channel(channel).take(message);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        var bytes = new byte[part.remaining()];
        part.get(bytes);
        frame.writeBytes(bytes);
        if (last) {
            var whole = ByteBuffer.wrap(frame.toByteArray());
            channel(whole.getInt()).take(whole);
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

    /// What came on a channel.
    PaneTranscript channel(int channel) {
        return channels.computeIfAbsent(channel, _ -> new PaneTranscript());
    }

    /// Errors, and what belongs to no channel.
    List<JsonObject> others() {
        return others;
    }

    PaneTranscript open(int channel, String paneId) {
        return open(channel, paneId, new JsonObject());
    }

    /// @param more `role` and `from`
    PaneTranscript open(int channel, String paneId, JsonObject more) {
        say(more.copy().put("type", "open").put("channel", channel).put("paneId", paneId));
        return channel(channel);
    }

    void say(JsonObject message) {
        socket.sendText(message.encode(), true).join();
    }

    void type(int channel, String input) {
        input(channel, input.getBytes(StandardCharsets.UTF_8));
    }

    void input(int channel, byte[] bytes) {
        var message = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        socket.sendBinary(message.putInt(channel).put(bytes).flip(), true).join();
    }

    /// Cuts the connection without a word.
    void cut() {
        socket.abort();
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
