package io.orchflow.agent.attempt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.orchflow.agent.model.ModelDoors;
import io.orchflow.agent.pane.LivePanes;
import io.orchflow.agent.pane.Size;
import io.orchflow.agent.repository.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Attempts on real panes and a real repository, in a private folder.
final class AttemptsPlace implements AutoCloseable {

    private final TestRepository place = new TestRepository();
    private final LivePanes panes = new LivePanes(place.root().resolve("panes"));
    private Attempts attempts = agent(panes);

    AttemptsPlace() throws IOException {}

    Attempts attempts() {
        return attempts;
    }

    LivePanes panes() {
        return panes;
    }

    TestRepository repository() {
        return place;
    }

    /// As when the agent's process is started again.
    void restart() throws IOException {
        restart(panes);
    }

    /// As when it finds these panes.
    void restart(LivePanes found) throws IOException {
        attempts = agent(found);
        attempts.recover();
    }

    /// As the agent's process puts it together when it starts.
    private Attempts agent(LivePanes panes) throws IOException {
        Path state = place.root().resolve("state");
        ObjectMapper json = new ObjectMapper();
        return new Attempts(
                new AttemptRegister(new JsonFolder(state.resolve("attempts"), json)),
                new Fences(new JsonFolder(state.resolve("swarms"), json)),
                new AttemptFolders(place.root().resolve("clones"), place.root().resolve("runs")),
                place.place().sandboxes(),
                place.users(),
                new Attempts.Work(
                        "workspace",
                        place.main(),
                        place.clones(),
                        panes.registry(),
                        panes.registry(),
                        new AttemptModels(new ModelDoors())));
    }

    static AttemptLaunch launch(String agentId, String script) {
        return new AttemptLaunch(
                "request-" + agentId,
                "swarm",
                "task",
                agentId,
                "developer",
                "",
                List.of("/bin/bash", "-c", script),
                Map.of("GIVEN", "it's given", "AGENT_ID", "forged"),
                false,
                "",
                ByteString.copyFromUtf8("{\"a\":1}"),
                new Size(80, 24));
    }

    Path clone(String agentId) {
        return place.root().resolve("clones").resolve(agentId);
    }

    /// Empty where the clone has no such file.
    String text(String agentId, String file) {
        try {
            return Files.readString(clone(agentId).resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        panes.close();
        place.close();
    }
}
