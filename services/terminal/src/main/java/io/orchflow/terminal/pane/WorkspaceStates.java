package io.orchflow.terminal.pane;

import io.orchflow.events.Topics;
import io.orchflow.events.workspaces.WorkspaceState;
import io.orchflow.outbox.Outbox;
import io.orchflow.outbox.StateTable;
import io.orchflow.workspace.client.WorkspaceRecord;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/// What the state topic tells of workspaces. Any thread, never blocks.
@ApplicationScoped
public class WorkspaceStates {

    private static final String DELETED = "DELETED";

    private final Outbox outbox;
    private volatile Optional<StateTable<WorkspaceState>> table = Optional.empty();

    WorkspaceStates(Outbox outbox) {
        this.outbox = outbox;
    }

    void start(@Observes StartupEvent event) {
        table = outbox.stateTable(Topics.WORKSPACE_STATE, WorkspaceState.class, _ -> {});
    }

    public Optional<WorkspaceRecord> find(String workspaceId) {
        return table.flatMap(t -> t.get(workspaceId))
                .map(
                        s ->
                                new WorkspaceRecord(
                                        workspaceId,
                                        s.getTeamId(),
                                        s.getState(),
                                        s.getIsolation()));
    }

    /// Whether the table has reached the end of its topic.
    public boolean complete() {
        return table.map(StateTable::caughtUp).orElse(false);
    }

    public List<String> deleted() {
        return table.stream()
                .flatMap(t -> t.values().stream())
                .filter(s -> s.getState().equals(DELETED))
                .map(WorkspaceState::getWorkspaceId)
                .toList();
    }
}
