package io.orchflow.terminal.attachment;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Writes down what a client is sent, one line a frame; takes every frame at once.
final class RecordingOutlet implements Outlet {

    private final List<String> lines = new ArrayList<>();
    private final List<Boolean> reading = new ArrayList<>();

    @Override
    public void text(String frame) {
        lines.add("text   " + frame);
    }

    @Override
    public void binary(Buffer frame, Runnable taken) {
        lines.add("binary " + HexFormat.of().formatHex(frame.getBytes()));
        taken.run();
    }

    @Override
    public void close(Closing closing) {
        lines.add("close  " + closing.code());
    }

    @Override
    public void reading(boolean on) {
        reading.add(on);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// Every change of whether the client is read.
    List<Boolean> readings() {
        return List.copyOf(reading);
    }

    /// Last text frame.
    JsonObject last() {
        return new JsonObject(lines.getLast().replaceFirst("text +", ""));
    }
}
