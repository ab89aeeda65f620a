package io.orchflow.agent.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A program of the host, started with exactly the given environment, waited for to its end.
public final class Subprocess {

    /// More output than this is dropped.
    private static final int LIMIT = 64 * 1024 * 1024;

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    /// What to write to the program's standard input.
    public interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /// How it ended.
    public static final class Finished {

        private final int exitCode;
        private final byte[] output;
        private final String errors;

        Finished(int exitCode, byte[] output, String errors) {
            this.exitCode = exitCode;
            this.output = output;
            this.errors = errors;
        }

        /// 128+n when signal n ended it.
        public int exitCode() {
            return exitCode;
        }

        /// What it wrote to standard output, at most 64 MiB; not copied.
        public byte[] output() {
            return output;
        }

        /// What it wrote to standard error.
        public String errors() {
            return errors;
        }

        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /// The last line of the errors, for messages to people.
        public String lastError() {
            List<String> lines = errors.lines().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "exit code " + exitCode : lines.getLast().strip();
        }
    }

    private Subprocess() {}

    public static ProcessBuilder builder(
            List<String> argv, Map<String, String> environment, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /// Runs the program; it is killed when the time is over or the thread is interrupted.
    ///
    /// @throws IOException when it cannot be started or does not end in time
    public static Finished run(ProcessBuilder builder, @Nullable Input input, Duration timeout)
            throws IOException {
        Process process = builder.start();
        try {
            CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(
                            () ->
                                    new String(
                                            drain(process.getErrorStream()),
                                            StandardCharsets.UTF_8),
                            VIRTUAL);
            CompletableFuture<byte[]> output =
                    CompletableFuture.supplyAsync(() -> drain(process.getInputStream()), VIRTUAL);
            feed(process, input);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        builder.command().getFirst()
                                + " did not end within "
                                + timeout.toSeconds()
                                + " s");
            }
            return new Finished(process.exitValue(), output.join(), errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a program", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, @Nullable Input input) throws IOException {
        try (OutputStream out = process.getOutputStream()) {
            if (input != null) {
                input.writeTo(out);
            }
        } catch (IOException e) {
            // The program may end without reading all of its input: its exit code says what that
            // means.
            if (process.isAlive() && input == null) {
                throw e;
            }
        }
    }

    private static byte[] drain(InputStream in) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                kept.write(buffer, 0, Math.min(n, LIMIT - kept.size()));
            }
        } catch (IOException e) {
            // The stream of a killed program: what came is all there is.
            return kept.toByteArray();
        }
        return kept.toByteArray();
    }
}
