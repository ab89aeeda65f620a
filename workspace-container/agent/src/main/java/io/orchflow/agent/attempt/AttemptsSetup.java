package io.orchflow.agent.attempt;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.agent.model.ModelDoors;
import io.orchflow.agent.pane.PaneLauncher;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.repository.WorkspaceRepository;
import io.orchflow.agent.sandbox.SandboxUsers;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/// Puts the attempts together, and finds those of the agent's former life when it starts.
@Singleton
class AttemptsSetup {

    @Produces
    @Singleton
    Attempts attempts(
            WorkspaceConfig workspace,
            WorkspaceRepository repository,
            Sandboxes sandboxes,
            SandboxUsers users,
            PaneLauncher launcher,
            Panes panes,
            ModelDoors doors)
            throws IOException {
        Path state = workspace.state().toAbsolutePath().normalize();
        ObjectMapper json = new ObjectMapper();
        return new Attempts(
                new AttemptRegister(new JsonFolder(state.resolve("attempts"), json)),
                new Fences(new JsonFolder(state.resolve("swarms"), json)),
                new AttemptFolders(
                        workspace.dir().toAbsolutePath().normalize().resolve("clones"),
                        state.resolve("runs")),
                sandboxes,
                users,
                new Attempts.Work(
                        workspace.id(),
                        repository.main(),
                        repository.clones(),
                        launcher,
                        panes,
                        new AttemptModels(doors)));
    }

    void start(@Observes StartupEvent event, Attempts attempts, Panes panes) throws IOException {
        attempts.recover();
        new AttentionSampler(attempts.register(), panes).start();
    }
}
