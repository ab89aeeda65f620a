package io.orchflow.agent.tmux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The tmux server of a workspace, on a private socket. It is a daemon of its own: it and its panes
/// outlive the agent.
public final class TmuxServer {

    /// The one session; every pane is a window of it.
    public static final String SESSION = "orchflow";

    private static final long COMMAND_SECONDS = 10;
    private static final long ATTACH_PAUSE_NANOS = 5_000_000;

    private final Path folder;
    private final Path socket;
    private final Path config;

    /// @param folder private runtime folder, short: a Unix socket's path has at most 107 bytes
    public TmuxServer(Path folder) {
        this.folder = folder;
        this.socket = folder.resolve("tmux");
        this.config = folder.resolve("tmux.conf");
    }

    /// Starts the server where it is not running.
    ///
    /// @return true when it was running already
    public boolean ensureRunning() throws IOException {
        if (run("has-session", "-t", "=" + SESSION).exitCode == 0) {
            return true;
        }
        try (InputStream resource = TmuxServer.class.getResourceAsStream("/tmux.conf")) {
            if (resource == null) {
                throw new IOException("tmux.conf is missing from the agent's jar");
            }
            Files.copy(resource, config, StandardCopyOption.REPLACE_EXISTING);
        }
        // The first window's program ends at once: a dead window that keeps the session, at no
        // process.
        Outcome started =
                run(
                        "-f",
                        config.toString(),
                        "new-session",
                        "-d",
                        "-s",
                        SESSION,
                        "-n",
                        "anchor",
                        "-x",
                        "80",
                        "-y",
                        "24",
                        "true");
        if (started.exitCode != 0) {
            throw new IOException("tmux does not start: " + started.output.strip());
        }
        return false;
    }

    /// Connects the control client.
    public TmuxClient connect(TmuxListener listener) throws IOException {
        TmuxClient client =
                new TmuxClient(
                        process("-C", "attach-session", "-t", "=" + SESSION)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start(),
                        listener);
        // Without pause-after, a client that stops reading makes the server grow without bound.
        askOnceAttached(client, "refresh-client", "-f", "pause-after=5");
        return client;
    }

    // Commands may be read before the attach is done: "no current client", then.
    private static void askOnceAttached(TmuxClient client, String... words) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMMAND_SECONDS);
        while (true) {
            try {
                client.ask(words);
                return;
            } catch (TmuxException e) {
                if (e.isGone() || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(ATTACH_PAUSE_NANOS);
            }
        }
    }

    /// The server's process id.
    public long pid() throws IOException {
        Outcome outcome = run("display-message", "-p", "#{pid}");
        if (outcome.exitCode != 0) {
            throw new IOException("tmux is not running: " + outcome.output.strip());
        }
        return Long.parseLong(outcome.output.strip());
    }

    /// Ends the server and every pane's terminal; returns when the socket is dead.
    public void kill() throws IOException {
        if (run("kill-server").exitCode == 0) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COMMAND_SECONDS);
            while (run("list-sessions").exitCode == 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }
        Files.deleteIfExists(socket);
    }

    private record Outcome(int exitCode, String output) {}

    private Outcome run(String... arguments) throws IOException {
        Process process = process(arguments).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("tmux " + arguments[0] + " does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
        try (InputStream out = process.getInputStream()) {
            return new Outcome(
                    process.exitValue(), new String(out.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        String workspace = environment.get("ORCHFLOW_WORKSPACE_ID");
        // What the server starts with is what panes could see: nothing of ours but the marker that
        // counts processes.
        environment.clear();
        environment.put("PATH", path);
        environment.put("LANG", "C.UTF-8");
        environment.put("SHELL", "/bin/sh");
        if (workspace != null) {
            environment.put("ORCHFLOW_WORKSPACE_ID", workspace);
        }
        return builder;
    }
}
