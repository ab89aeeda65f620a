package io.orchflow.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What this machine must have, and the words for when it has not.
final class Requirements {
    /// A fresh system needs about 200 MiB for PostgreSQL's and Kafka's first files.
    static final long LEAST_FREE_BYTES = 512L << 20;

    private static final List<Tool> TOOLS =
            List.of(
                    new Tool("tmux", "apt install tmux", "agents and terminals run in it"),
                    new Tool("git", "apt install git", "workspaces are git repositories"),
                    new Tool("node", "apt install nodejs", "the built-in recipes run on it"),
                    new Tool(
                            "unshare", "apt install util-linux", "it makes the agents' sandboxes"));

    /// @param mends the command that installs it on Debian or Ubuntu
    record Tool(String name, String mends, String why) {}

    private Requirements() {}

    /// @throws Refusal naming all that is missing
    static void checkTools() {
        List<Tool> missing = missingTools();
        if (!missing.isEmpty()) {
            var lines = new ArrayList<String>();
            for (Tool tool : missing) {
                lines.add(
                        "%s is missing (%s): install it, for example with '%s'"
                                .formatted(tool.name(), tool.why(), tool.mends()));
            }
            throw Refusal.failed(String.join("\n", lines));
        }
    }

    static List<Tool> missingTools() {
        return TOOLS.stream().filter(tool -> onPath(tool.name()).isEmpty()).toList();
    }

    static List<Tool> tools() {
        return TOOLS;
    }

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
    static void checkBuilt(Layout layout) {
        var missing = new ArrayList<String>();
        Stream.concat(Stream.of(Service.GATEWAY), Service.BEHIND.stream())
                .map(Service::name)
                .filter(name -> layout.serviceJar(name).isEmpty())
                .forEach(missing::add);
        if (layout.agentJar().isEmpty()) {
            missing.add("the workspace agent");
        }
        if (!missing.isEmpty()) {
            throw Refusal.failed(String.join(", ", missing) + " not built: run ./orchflow build");
        }
    }

    /// Makes the data directory and looks whether it can be written and has room.
    ///
    /// @throws Refusal when not
    static void checkData(Path data) {
        try {
            io.orchflow.embedded.Secrets.makePrivateFolder(data);
            Path probe = data.resolve(".probe");
            Files.writeString(probe, "probe");
            Files.delete(probe);
            long free = Files.getFileStore(data).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw Refusal.failed(
                        "%s has %d MiB free, %d are needed: make room, or name another directory with --data"
                                .formatted(data, free >> 20, LEAST_FREE_BYTES >> 20));
            }
        } catch (IOException e) {
            throw Refusal.failed(cannotWrite(data, e));
        } catch (UncheckedIOException e) {
            throw Refusal.failed(cannotWrite(data, e.getCause()));
        }
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
            throw Refusal.failed(
                    "port %d is in use or not allowed (%s): choose another with --port N (--port 0 takes any free one)"
                            .formatted(port, e.getMessage()));
        }
    }

    private static String reason(@Nullable Throwable cause) {
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
