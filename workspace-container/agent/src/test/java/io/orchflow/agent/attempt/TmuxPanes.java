package io.orchflow.agent.attempt;

import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.PaneExit;
import io.orchflow.agent.pane.PaneLauncher;
import io.orchflow.agent.pane.PaneSpec;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.pane.Principal;
import io.orchflow.agent.sandbox.Subprocess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Panes of a private tmux server, driven by its command line.
final class TmuxPanes implements PaneLauncher, Panes, AutoCloseable {

    private final Path socket;
    private final Map<String, TmuxPane> panes = new LinkedHashMap<>();
    private int launches;

    TmuxPanes(Path socket) {
        this.socket = socket;
        tmux("new-session", "-d", "-x", "100", "-y", "30", "sleep 1000");
        tmux("set-option", "-g", "remain-on-exit", "on");
    }

    int launches() {
        return launches;
    }

    private String tmux(String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of("tmux", "-S", socket.toString(), "-f", "/dev/null"));
        argv.addAll(List.of(arguments));
        try {
            return Subprocess.run(
                            Subprocess.builder(argv, Map.of("PATH", "/usr/bin:/bin"), Path.of("/")),
                            null,
                            Duration.ofSeconds(5))
                    .text()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Pane launch(PaneSpec spec) {
        launches++;
        List<String> command =
                new ArrayList<>(List.of("new-window", "-d", "-P", "-F", "#{pane_id} #{pane_pid}"));
        command.addAll(List.of("-c", spec.cwd().toString()));
        command.addAll(spec.argv());
        String[] made = tmux(command.toArray(String[]::new)).split(" ", -1);
        TmuxPane pane = new TmuxPane(spec, made[0], Integer.parseInt(made[1]));
        panes.put(spec.paneId(), pane);
        Thread.startVirtualThread(pane::watch);
        return pane;
    }

    /// What the pane shows.
    String screen(String paneId) {
        return tmux("capture-pane", "-p", "-t", Objects.requireNonNull(panes.get(paneId)).window);
    }

    void forget(String paneId) {
        panes.remove(paneId);
    }

    @Override
    public synchronized List<Pane> all() {
        return List.copyOf(panes.values());
    }

    @Override
    public synchronized Optional<Pane> find(String paneId) {
        return Optional.ofNullable(panes.get(paneId));
    }

    @Override
    public synchronized Optional<Pane> findByAgent(String agentId) {
        return all().stream().filter(pane -> agentId.equals(pane.agentId())).findFirst();
    }

    @Override
    public boolean close(String paneId, Principal by) {
        return false;
    }

    @Override
    public void close() {
        tmux("kill-server");
    }

    private final class TmuxPane implements Pane {

        private final PaneSpec spec;
        private final String window;
        private final int pid;
        private final CompletableFuture<PaneExit> exited = new CompletableFuture<>();

        TmuxPane(PaneSpec spec, String window, int pid) {
            this.spec = spec;
            this.window = window;
            this.pid = pid;
        }

        private void watch() {
            try {
                while (true) {
                    String[] dead =
                            tmux(
                                            "display-message",
                                            "-p",
                                            "-t",
                                            window,
                                            "#{pane_dead} #{pane_dead_status} #{pane_dead_signal}")
                                    .split(" ", -1);
                    // "1" alone is dead, but not yet how; nothing is a window that is gone.
                    boolean told = dead.length > 1 || dead[0].isEmpty();
                    if (!dead[0].equals("0") && told) {
                        exited.complete(exit(dead));
                        return;
                    }
                    Thread.sleep(20);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static PaneExit exit(String[] dead) {
            if (dead.length > 2 && !dead[2].isEmpty()) {
                return new PaneExit(128 + Integer.parseInt(dead[2]));
            }
            return new PaneExit(
                    dead.length > 1 && !dead[1].isEmpty() ? Integer.parseInt(dead[1]) : null);
        }

        @Override
        public String paneId() {
            return spec.paneId();
        }

        @Override
        public @Nullable String agentId() {
            return spec.agentId();
        }

        @Override
        public @Nullable String swarmId() {
            return spec.swarmId();
        }

        @Override
        public OptionalInt pid() {
            return exited.isDone() ? OptionalInt.empty() : OptionalInt.of(pid);
        }

        @Override
        public CompletableFuture<PaneExit> exited() {
            return exited;
        }

        @Override
        public void input(byte[] bytes) {
            List<String> keys = new ArrayList<>(List.of("send-keys", "-t", window, "-H"));
            for (byte next : bytes) {
                keys.add(HexFormat.of().toHexDigits(next));
            }
            tmux(keys.toArray(String[]::new));
        }
    }
}
