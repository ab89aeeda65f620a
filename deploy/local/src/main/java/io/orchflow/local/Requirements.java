package io.orchflow.local;

import io.orchflow.embedded.Secrets;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this machine must have, and the words for when it has not.
final class Requirements {
    /// A fresh system needs about 200 MiB for PostgreSQL's and Kafka's first files.
    static final long LEAST_FREE_BYTES = 512L << 20;

    /// PostgreSQL takes at most 1023 with the names of its own files.
    private static final int LONGEST_PATH = 800;

    private Requirements() {}

    static Optional<Path> onPath(String program) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// @throws Refusal naming what is not built
    static void checkBuilt(Programs programs) {
        List<String> missing = programs.missing();
        if (!missing.isEmpty()) {
            throw Refusal.failed(String.join(", ", missing) + " not built: " + programs.mends());
        }
    }

    /// Makes the data directory and looks whether it is ours, can be written and has room.
    ///
    /// @throws Refusal when not
    static void checkData(Path data) {
        if (data.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw Refusal.failed(
                    "the path of the data directory is longer than %d bytes: name a shorter one with --data"
                            .formatted(LONGEST_PATH));
        }
        try {
            if (Files.exists(data)) {
                checkOurs(data);
            }
            long free = Files.getFileStore(nearestExisting(data)).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw Refusal.failed(
                        "%s has %d MiB free, %d are needed: make room, or name another directory with --data"
                                .formatted(data, free >> 20, LEAST_FREE_BYTES >> 20));
            }
            Secrets.makePrivateFolder(data);
            Path probe = data.resolve(".probe");
            Files.writeString(probe, "probe");
            Files.delete(probe);
        } catch (IOException e) {
            throw Refusal.failed(cannotWrite(data, e));
        } catch (UncheckedIOException e) {
            throw Refusal.failed(cannotWrite(data, e.getCause()));
        }
    }

    /// A folder that holds other things, or is somebody else's, must not become ours: its mode is
    /// changed, and files come and go in it.
    private static void checkOurs(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            throw Refusal.failed(data + " is not a directory: name another with --data");
        }
        var owner = Files.getOwner(data);
        if (!owner.equals(Files.getOwner(Path.of("/proc/self")))) {
            throw Refusal.failed(
                    "%s belongs to %s: run orchflow as %s, or name another directory with --data"
                            .formatted(data, owner.getName(), owner.getName()));
        }
        if (Stream.of("secrets", "lock").map(data::resolve).anyMatch(Files::exists)) {
            return;
        }
        try (var entries = Files.list(data)) {
            if (!entries.allMatch(entry -> entry.endsWith("lost+found"))) {
                throw Refusal.failed(
                        data + " holds other files: name an empty or a new directory with --data");
            }
        }
    }

    static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : nearestExisting(parent);
    }

    static String cannotWrite(Path data, @Nullable Throwable cause) {
        return "%s cannot be written (%s): make it writable, or name another directory with --data"
                .formatted(data, reason(cause));
    }

    /// @throws Refusal when somebody listens there
    static void checkPort(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            boolean taken = String.valueOf(e.getMessage()).contains("in use");
            throw Refusal.failed(
                    "port %d %s: choose another with --port N (--port 0 takes any free one)"
                            .formatted(
                                    port,
                                    taken
                                            ? "is in use"
                                            : "cannot be used (" + e.getMessage() + ")"));
        }
    }

    static String reason(@Nullable Throwable cause) {
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof java.nio.file.FileSystemException failure
                && failure.getReason() != null) {
            return failure.getReason();
        }
        return cause == null ? "no reason given" : String.valueOf(cause.getMessage());
    }
}
