package io.orchflow.orchestration.tunnel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lines of text on a connection. One thread reads; any writes.
public final class Lines {

    /// In bytes.
    public static final int LONGEST = 8 << 20;

    private final Tunnel tunnel;
    private final ReentrantLock writing = new ReentrantLock();
    private final Deque<String> whole = new ArrayDeque<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    public Lines(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    /// @return null after the last line; one that was not ended is none
    /// @throws IOException the connection broke, or a line is too long
    public @Nullable String next() throws IOException {
        while (whole.isEmpty()) {
            byte[] bytes = tunnel.read();
            if (bytes == null) {
                return null;
            }
            take(bytes);
        }
        return whole.removeFirst();
    }

    private void take(byte[] bytes) throws IOException {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, from, i - from);
                whole.addLast(begun.toString(StandardCharsets.UTF_8));
                begun.reset();
                from = i + 1;
            }
        }
        begun.write(bytes, from, bytes.length - from);
        if (begun.size() > LONGEST) {
            throw new IOException("a line has more than " + LONGEST + " bytes");
        }
    }

    /// @param line without its end
    public void send(String line) throws IOException {
        writing.lock();
        try {
            tunnel.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            writing.unlock();
        }
    }
}
