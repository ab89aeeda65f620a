package io.orchflow.agent.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A named pipe at which a shell waits (`read`) until a line comes through. Open at both
/// ends here, so that neither side ever blocks in `open`.
public final class Gate implements AutoCloseable {

    private final Path path;
    private int fd;

    private Gate(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /// Makes the gate if it is not there.
    public static Gate at(Path path) throws IOException {
        if (!Files.exists(path)) {
            Libc.mkfifo(path.toString(), 0600).orThrow("mkfifo " + path);
        }
        int flags = Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
        return new Gate(path, (int) Libc.open(path.toString(), flags).orThrow("open of " + path));
    }

    /// Sends one line to whoever reads at the gate, now or when it comes.
    public synchronized void send(String line) throws IOException {
        if (fd >= 0) {
            Libc.write(fd, (line + "\n").getBytes(StandardCharsets.US_ASCII))
                    .orThrow("write to " + path);
        }
    }

    /// Removes the gate. A program that waits at it goes through.
    @Override
    public synchronized void close() throws IOException {
        if (fd >= 0) {
            Libc.close(fd);
            fd = -1;
            Files.deleteIfExists(path);
        }
    }
}
