package io.orchflow.agent.kernel;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A named pipe at which a shell waits (`read`) until a line comes through. Open at both
/// ends here, so that neither side ever blocks in `open`.
public final class Gate implements AutoCloseable {

    private final Path path;
    private @Nullable RandomAccessFile ends;

    private Gate(Path path, RandomAccessFile ends) {
        this.path = path;
        this.ends = ends;
    }

    /// Makes the gate if it is not there.
    public static Gate at(Path path) throws IOException {
        if (!Files.exists(path)) {
            Libc.mkfifo(path.toString(), 0600).orThrow("mkfifo " + path);
        }
        return new Gate(path, new RandomAccessFile(path.toFile(), "rw"));
    }

    /// Sends one line to whoever reads at the gate, now or when it comes.
    public synchronized void send(String line) throws IOException {
        if (ends != null) {
            ends.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Removes the gate. A program that waits at it goes through.
    @Override
    public synchronized void close() throws IOException {
        if (ends != null) {
            ends.close();
            ends = null;
            Files.deleteIfExists(path);
        }
    }
}
