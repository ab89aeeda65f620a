package io.orchflow.orchestration.acp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.tunnel.Tunnel;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection in memory, seen from the runner's end.
final class Wire implements Tunnel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> toOrchestration = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> toRunner = new LinkedBlockingQueue<>();

    void says(String line) {
        toOrchestration.add((line + "\n").getBytes(UTF_8));
    }

    void hangsUp() {
        toOrchestration.add(END);
    }

    /// The next line that orchestration sends.
    JsonNode hears() throws Exception {
        var line = toRunner.poll(5, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing came");
        }
        return JSON.readTree(line);
    }

    boolean silent() throws InterruptedException {
        return toRunner.poll(300, TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        try {
            var bytes = toOrchestration.take();
            return bytes.length == 0 ? null : bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void write(byte[] bytes) {
        new String(bytes, UTF_8).lines().forEach(toRunner::add);
    }

    @Override
    public void close() {
        hangsUp();
    }
}
