package io.orchflow.agent.life;

import io.orchflow.agent.journal.Journal;
import io.orchflow.agent.pane.PaneRegistry;
import io.orchflow.agent.server.AgentServer;
import io.orchflow.agent.workspace.Epoch;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jboss.logging.Logger;

/// Starts the parts in their order: panes first (observers of `StartupEvent` with the default
/// priority find them), the server last. Ending the agent, by whatever signal, leaves tmux and its
/// panes running.
@Singleton
class AgentLife {

    private static final Logger LOG = Logger.getLogger(AgentLife.class);

    private final WorkspaceConfig config;
    private final Epoch epoch;
    private final PaneRegistry panes;
    private final Journal journal;
    private final AgentServer server;

    AgentLife(
            WorkspaceConfig config,
            Epoch epoch,
            PaneRegistry panes,
            Journal journal,
            AgentServer server) {
        this.config = config;
        this.epoch = epoch;
        this.panes = panes;
        this.journal = journal;
        this.server = server;
    }

    void startPanes(@Observes @Priority(1) StartupEvent event) throws IOException {
        for (Path folder : List.of(config.state(), config.journal())) {
            Files.createDirectories(folder);
        }
        Files.createDirectories(config.runtimeDir());
        Files.setPosixFilePermissions(
                config.runtimeDir(), PosixFilePermissions.fromString("rwx------"));
        LOG.infof("agent starts, workspaceId=%s epoch=%d", config.id(), epoch.number());
        panes.start();
    }

    void startServer(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) throws IOException {
        server.start();
        LOG.infof("agent accepts calls, workspaceId=%s", config.id());
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        server.stop();
        panes.disconnect();
        journal.close();
    }
}
