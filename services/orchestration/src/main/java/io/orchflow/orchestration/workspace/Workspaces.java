package io.orchflow.orchestration.workspace;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.Permission;
import io.orchflow.events.Topics;
import io.orchflow.events.workspaces.WorkspaceState;
import io.orchflow.outbox.Outbox;
import io.orchflow.outbox.StateTable;
import io.orchflow.problem.Problems;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceDirectory;
import io.orchflow.workspace.client.WorkspaceRecord;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.DiffRequest;
import io.orchflow.workspace.v1.InstalledProgram;
import io.orchflow.workspace.v1.ListFilesRequest;
import io.orchflow.workspace.v1.ProgramsRequest;
import io.orchflow.workspace.v1.RepositoryGrpc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The workspaces that this service is asked about. Blocking: for virtual threads.
@ApplicationScoped
public class Workspaces {
    private static final Logger LOG = Logger.getLogger(Workspaces.class);
    private static final int MOST_FILES = 2_000;
    private static final int LARGEST_DIFF = 32 << 20;

    private final WorkspaceConfig config;
    private final Outbox outbox;
    private @Nullable WorkspaceConnections connections;
    private @Nullable WorkspaceDirectory directory;
    private Function<String, Optional<WorkspaceState>> states = _ -> Optional.empty();

    Workspaces(WorkspaceConfig config, Outbox outbox) {
        this.config = config;
        this.outbox = outbox;
    }

    void onStart(@Observes StartupEvent event) {
        var table = outbox.stateTable(Topics.WORKSPACE_STATE, WorkspaceState.class, _ -> {});
        states = id -> table.flatMap(known -> known.get(id));
        var open = new WorkspaceConnections("orchestration", config.tlsDir(), config.runtimeDir());
        connections = open;
        directory =
                new WorkspaceDirectory(
                        open,
                        id -> states.apply(id).map(Workspaces::workspace),
                        () -> table.map(StateTable::caughtUp).orElse(true));
    }

    void onStop(@Observes ShutdownEvent event) {
        if (connections != null) {
            connections.close();
        }
    }

    private static WorkspaceRecord workspace(WorkspaceState state) {
        return new WorkspaceRecord(
                state.getWorkspaceId(), state.getTeamId(), state.getState(), state.getIsolation());
    }

    /// Waits up to 2 s for a new one.
    ///
    /// @throws io.orchflow.problem.ProblemException 404 unknown or another team's, 403 role too low
    public WorkspaceRecord require(String workspaceId, Caller caller, Permission permission) {
        var found = find(workspaceId);
        if (found.isEmpty() || !caller.memberOf(found.get().teamId())) {
            throw Problems.notFound("workspace", workspaceId);
        }
        Access.require(caller, permission, found.get().teamId());
        return found.get();
    }

    private Optional<WorkspaceRecord> find(String workspaceId) {
        if (directory == null || !workspaceId.matches("[A-Za-z0-9-]{1,64}")) {
            return Optional.empty();
        }
        try {
            return directory.find(workspaceId);
        } catch (WorkspaceUnreachable e) {
            throw Problems.unavailable(
                    "Workspace " + workspaceId + " cannot be looked up now.",
                    Duration.ofSeconds(2));
        }
    }

    /// The way to a workspace's agent.
    public Channel channel(String workspaceId) throws WorkspaceUnreachable {
        if (connections == null) {
            throw new IllegalStateException("not started");
        }
        return connections.connect(workspaceId);
    }

    /// The state that the state topic tells; RUNNING where an agent has announced itself, whatever
    /// the topic says. Empty while nobody knows.
    public String standing(String workspaceId) {
        if (connections == null || connections.announced(workspaceId)) {
            return "RUNNING";
        }
        return states.apply(workspaceId).map(WorkspaceState::getState).orElse("");
    }

    /// Paths at the head of main; empty where the workspace does not answer within 1 s.
    public List<String> files(String workspaceId) {
        try {
            return RepositoryGrpc.newBlockingStub(channel(workspaceId))
                    .withDeadlineAfter(1, TimeUnit.SECONDS)
                    .listFiles(ListFilesRequest.getDefaultInstance())
                    .getPathsList()
                    .stream()
                    .limit(MOST_FILES)
                    .toList();
        } catch (WorkspaceUnreachable | StatusRuntimeException e) {
            LOG.debugf("Files not listed workspaceId=%s reason=%s", workspaceId, e.getMessage());
            return List.of();
        }
    }

    /// The agent programs that are installed in a workspace, with where they are; empty while it
    /// does not answer.
    public Optional<Map<String, String>> programs(String workspaceId) {
        try {
            return Optional.of(
                    AttemptsGrpc.newBlockingStub(channel(workspaceId))
                            .withDeadlineAfter(2, TimeUnit.SECONDS)
                            .programs(ProgramsRequest.getDefaultInstance())
                            .getProgramsList()
                            .stream()
                            .collect(
                                    Collectors.toMap(
                                            InstalledProgram::getName, InstalledProgram::getPath)));
        } catch (WorkspaceUnreachable | StatusRuntimeException e) {
            LOG.debugf("Programs not listed workspaceId=%s reason=%s", workspaceId, e.getMessage());
            return Optional.empty();
        }
    }

    /// Unified diff, in whatever encodings the files have: all of it or nothing.
    ///
    /// @throws io.orchflow.problem.ProblemException 413 above 32 MiB, 503 no answer
    public byte[] diff(String workspaceId, String base, String commit) {
        var request = DiffRequest.newBuilder().setBase(base).setCommit(commit).build();
        try {
            var diff = new ByteArrayOutputStream();
            var chunks =
                    RepositoryGrpc.newBlockingStub(channel(workspaceId))
                            .withDeadlineAfter(30, TimeUnit.SECONDS)
                            .diff(request);
            while (chunks.hasNext()) {
                chunks.next().getData().writeTo(diff);
                if (diff.size() > LARGEST_DIFF) {
                    throw Problems.tooLarge("The diff has more than 32 MiB: compare with git.");
                }
            }
            return diff.toByteArray();
        } catch (WorkspaceUnreachable | StatusRuntimeException e) {
            throw Problems.unavailable(
                    "Workspace " + workspaceId + " does not answer.", Duration.ofSeconds(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
