package io.orchflow.agent.sandbox;

import io.orchflow.agent.pane.PersonSandbox;
import io.orchflow.agent.workspace.WorkspaceConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// People's panes run in a sandbox too: the main checkout is theirs to write, the rest of the host
/// is out of sight.
@Singleton
class ConfinedPanes implements PersonSandbox {

    private final Sandboxes sandboxes;
    private final SandboxUsers users;
    private final Path main;
    private final Path home;
    private final Path runs;

    ConfinedPanes(Sandboxes sandboxes, SandboxUsers users, WorkspaceConfig workspace) {
        this.sandboxes = sandboxes;
        this.users = users;
        this.main = workspace.main().toAbsolutePath().normalize();
        this.home = workspace.home().toAbsolutePath().normalize();
        this.runs =
                workspace
                        .runtimeDir()
                        .toAbsolutePath()
                        .normalize()
                        .resolve("sandbox")
                        .resolve("panes");
    }

    @Override
    public List<String> wrap(String paneId, List<String> argv) {
        if (!sandboxes.mode().isolated()) {
            return argv;
        }
        try {
            Files.createDirectories(home);
            if (!Integer.valueOf(users.person()).equals(Files.getAttribute(home, "unix:uid"))) {
                Trees.giveTo(home, users.person());
            }
            SandboxSpec spec =
                    new SandboxSpec(
                            "pane-" + paneId,
                            SandboxSpec.Input.TERMINAL,
                            users.person(),
                            "dev",
                            main,
                            home,
                            true,
                            Map.of(),
                            null,
                            argv);
            return sandboxes.prepare(spec, runs.resolve(paneId));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox of a pane cannot be prepared", e);
        }
    }
}
