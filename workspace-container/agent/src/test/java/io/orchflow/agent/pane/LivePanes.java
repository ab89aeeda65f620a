package io.orchflow.agent.pane;

import io.orchflow.agent.journal.Journal;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.tmux.TmuxServer;
import io.orchflow.agent.workspace.Epoch;
import io.orchflow.agent.workspace.WorkspaceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The panes of a tmux server of their own, for tests of what is built on them.
public final class LivePanes implements AutoCloseable {

    private record Config(String id, String name, Path dir, Path runtimeDir)
            implements WorkspaceConfig {}

    private final Config config;
    private final Journal journal;
    private final PaneRegistry registry;

    /// @param root a private folder with a short path
    public LivePanes(Path root) throws IOException {
        config = new Config("live-panes", "live panes", root, root.resolve("run"));
        journal = new Journal(config, new Epoch(config));
        registry = new PaneRegistry(config, journal);
        registry.start();
    }

    public PaneRegistry registry() {
        return registry;
    }

    /// What the pane shows.
    public String screen(String paneId) {
        String socket = config.runtimeDir().resolve("tmux").toString();
        String target = TmuxServer.SESSION + ":" + paneId;
        List<String> argv = List.of("tmux", "-S", socket, "capture-pane", "-p", "-t", target);
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

    /// As a driver who has taken the pane.
    public static void typeAsPerson(PaneRegistry registry, String paneId, String text) {
        TmuxPane pane = registry.get(paneId);
        Principal person = new Principal(Principal.Kind.USER, "ann", "Ann");
        pane.takeLease(person);
        pane.inputFrom(person, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        registry.endAll();
        journal.close();
    }
}
