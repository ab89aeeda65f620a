package io.orchflow.workspace.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Finds a workspace: in the table of the state topic first, then by asking its agent, whose
/// certificate proves the team. So a workspace that was made a moment ago, or while Kafka is away,
/// is found too. Blocking; for virtual threads.
public final class WorkspaceDirectory {
    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();

    private final WorkspaceConnections connections;
    private final Function<String, Optional<WorkspaceRecord>> states;
    private final BooleanSupplier statesComplete;
    private final ConcurrentHashMap<String, WorkspaceRecord> proven = new ConcurrentHashMap<>();

    /// @param states the table of the state topic
    /// @param statesComplete whether the table has reached the end of its topic
    public WorkspaceDirectory(
            WorkspaceConnections connections,
            Function<String, Optional<WorkspaceRecord>> states,
            BooleanSupplier statesComplete) {
        this.connections = connections;
        this.states = states;
        this.statesComplete = statesComplete;
    }

    /// Waits at most 2 s for an id that nobody knows yet.
    ///
    /// @return empty for an unknown or a deleted workspace
    /// @throws WorkspaceUnreachable nobody knows it, but the table is not complete: it may exist
    public Optional<WorkspaceRecord> find(String workspaceId) throws WorkspaceUnreachable {
        long deadline = System.nanoTime() + WAIT.toNanos();
        while (true) {
            Optional<WorkspaceRecord> found = look(workspaceId);
            if (found.isPresent()) {
                return found.filter(w -> !w.state().equals("DELETED"));
            }
            if (System.nanoTime() > deadline) {
                break;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (!statesComplete.getAsBoolean()) {
            throw new WorkspaceUnreachable(
                    workspaceId, "it is not running, and the list of workspaces is not complete");
        }
        return Optional.empty();
    }

    private Optional<WorkspaceRecord> look(String workspaceId) {
        Optional<WorkspaceRecord> known = states.apply(workspaceId);
        if (known.isPresent()) {
            return known;
        }
        try {
            WorkspaceRecord record = connections.describe(workspaceId);
            proven.put(workspaceId, record);
            return Optional.of(record);
        } catch (WorkspaceUnreachable e) {
            return Optional.ofNullable(proven.get(workspaceId));
        }
    }
}
