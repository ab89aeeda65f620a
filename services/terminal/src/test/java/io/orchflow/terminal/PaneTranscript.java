package io.orchflow.terminal;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a viewer of one pane was sent, held to the contract: sequence numbers follow each other,
/// and jump only behind a snapshot.
final class PaneTranscript {

    private final List<JsonObject> texts = new ArrayList<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private long nextSeq = -1;
    private boolean repaintNext;
    private int repaints;
    private @Nullable String broken;

    synchronized void take(JsonObject message) {
        if (texts.isEmpty() && !List.of("hello", "closed").contains(message.getString("type"))) {
            broken = "begins with " + message;
        }
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

    /// @param frame sequence number and bytes
    synchronized void take(ByteBuffer frame) {
        var seq = frame.getLong();
        if (seq != nextSeq) {
            broken = "output at " + seq + ", expected " + nextSeq;
        }
        if (repaintNext) {
            repaintNext = false;
            repaints++;
            return;
        }
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        nextSeq = seq + bytes.length;
        output.writeBytes(bytes);
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
    public String toString() {
        return "at " + nextSeq() + ": " + texts();
    }
}
