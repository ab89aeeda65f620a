package io.orchflow.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that this JVM started and that does not outlive it: where util-linux's `setpriv` is
/// there, the kernel ends the process when this JVM dies, even by SIGKILL.
public final class Child implements AutoCloseable {
    private static final long LOG_BYTES = 8L << 20;
    private final ChildSpec spec;
    private final Process handle;
    private final CompletableFuture<Integer> exit;

    private Child(ChildSpec spec, Process handle, CompletableFuture<Integer> exit) {
        this.spec = spec;
        this.handle = handle;
        this.exit = exit;
    }

    /// @throws UncheckedIOException when the program cannot be started
    public static Child start(ChildSpec spec) {
        var started = new CompletableFuture<Process>();
        var exit = new CompletableFuture<Integer>();
        // The kernel's parent-death signal is tied to the starting thread, so that thread stays for
        // as long as the child.
        Thread.ofPlatform()
                .daemon()
                .name("child-" + spec.name())
                .start(() -> run(spec, started, exit));
        try {
            return new Child(spec, started.get(), exit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + spec.name(), e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(
                    "cannot start " + spec.name(), new IOException(e.getCause()));
        }
    }

    public ChildSpec spec() {
        return spec;
    }

    public long pid() {
        return handle.pid();
    }

    public boolean isAlive() {
        return handle.isAlive();
    }

    /// Completes with the exit code (128 + signal when a signal ended it) after all its output is
    /// in the log.
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /// Asks it to end, waits for its patience, then kills it. Does nothing when it has ended.
    @Override
    public void close() {
        if (!handle.isAlive()) {
            return;
        }
        signal(spec.stop().name());
        try {
            exit.get(spec.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /// SIGKILL.
    public void kill() {
        handle.toHandle().destroyForcibly();
    }

    /// [Process#destroy] would close its output too, and its last words be lost.
    private void signal(String name) {
        if (name.equals("TERM")) {
            handle.toHandle().destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(handle.pid())).start().waitFor();
        } catch (IOException e) {
            handle.toHandle().destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(
            ChildSpec spec, CompletableFuture<Process> started, CompletableFuture<Integer> exit) {
        Process handle;
        try {
            var builder = new ProcessBuilder(commandLine(spec));
            builder.directory(spec.directory().toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(spec.environment());
            handle = builder.start();
            handle.getOutputStream().close();
        } catch (IOException e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(handle);
        copyOutput(spec, handle);
        exit.complete(handle.exitValue());
    }

    /// Reads until the child's last holder of the pipe is gone. A log that cannot be written must
    /// not block the child.
    private static void copyOutput(ChildSpec spec, Process handle) {
        Thread copying =
                Thread.ofPlatform()
                        .daemon()
                        .name("log-" + spec.name())
                        .start(() -> copy(spec, handle));
        handle.onExit().join();
        try {
            copying.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(ChildSpec spec, Process handle) {
        var buffer = new byte[8192];
        try (InputStream in = handle.getInputStream();
                var log = new RotatingLog(spec.log(), LOG_BYTES)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                writeOrDrop(log, buffer, n);
            }
        } catch (IOException e) {
            drain(handle.getInputStream(), buffer);
        }
    }

    private static void writeOrDrop(RotatingLog log, byte[] buffer, int length) {
        try {
            log.write(buffer, 0, length);
        } catch (IOException e) {
            // A full disk: the line is lost, the child lives on.
            return;
        }
    }

    private static void drain(InputStream in, byte[] buffer) {
        try {
            int n = in.read(buffer);
            while (n >= 0) {
                n = in.read(buffer);
            }
        } catch (IOException e) {
            return;
        }
    }

    private static List<String> commandLine(ChildSpec spec) {
        var line = new ArrayList<>(spec.prefix());
        if (SetprivHolder.PRESENT) {
            // A session of its own: Ctrl-C in our terminal must not reach it before we ask it to
            // end.
            line.addAll(List.of("setsid", "setpriv", "--pdeathsig", spec.stop().name(), "--"));
        }
        line.addAll(spec.command());
        return line;
    }

    private static final class SetprivHolder {
        static final boolean PRESENT =
                List.of("/usr/bin/setpriv", "/bin/setpriv").stream()
                        .anyMatch(path -> Files.isExecutable(Path.of(path)));
    }
}
