package io.orchflow.agent.kernel;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A terminal's program side, held open so that the terminal does not end with its program. It
/// never becomes our controlling terminal.
public final class Tty implements AutoCloseable {

    private static final int TCOON = 1;

    private final int fd;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Tty(int fd) {
        this.fd = fd;
    }

    /// Opens a terminal by its device.
    ///
    /// @param path such as `/dev/pts/3`
    public static Tty open(String path) throws IOException {
        int flags = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;
        return new Tty((int) Libc.open(path, flags).orThrow("open of " + path));
    }

    /// Lets output go on where somebody has stopped it (Ctrl-S), then writes as a program would.
    ///
    /// @return false when the terminal takes nothing now
    public synchronized boolean tryWrite(byte[] bytes) throws IOException {
        if (closed.get()) {
            return true;
        }
        Libc.tcflow(fd, TCOON);
        Libc.Result written = Libc.write(fd, bytes);
        if (written.value() < 0 && written.errno() == Libc.EAGAIN) {
            return false;
        }
        return written.orThrow("write to a terminal") == bytes.length;
    }

    @Override
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            Libc.close(fd);
        }
    }
}
