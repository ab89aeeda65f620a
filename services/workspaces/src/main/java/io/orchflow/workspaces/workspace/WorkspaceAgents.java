package io.orchflow.workspaces.workspace;

import io.grpc.StatusRuntimeException;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.ArchiveRequest;
import io.orchflow.workspace.v1.Chunk;
import io.orchflow.workspace.v1.UsageRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspaces.workspace.WorkspaceView.UsageView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/// What people ask a workspace's agent for through this service. Blocks.
@ApplicationScoped
class WorkspaceAgents {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long ARCHIVE_MINUTES = 10;

    private final WorkspaceConnections connections;

    WorkspaceAgents(WorkspaceConnections connections) {
        this.connections = connections;
    }

    /// @throws ProblemException 503 where the agent does not answer
    UsageView usage(Workspace workspace) {
        try {
            var report =
                    stub(workspace, 5, TimeUnit.SECONDS).usage(UsageRequest.getDefaultInstance());
            return new UsageView(
                    report.getCpuCores(),
                    report.getMemoryBytes(),
                    report.getDiskBytes(),
                    report.getProcesses());
        } catch (StatusRuntimeException | WorkspaceUnreachable e) {
            throw unavailable(workspace);
        }
    }

    /// The main branch as a zip, written as it comes. The first chunk is waited for here, so that a
    /// refusal is still an answer.
    ///
    /// @throws ProblemException 503 where the agent does not answer
    StreamingOutput archive(Workspace workspace) {
        try {
            Iterator<Chunk> chunks =
                    stub(workspace, ARCHIVE_MINUTES, TimeUnit.MINUTES)
                            .archive(ArchiveRequest.getDefaultInstance());
            var any = chunks.hasNext();
            return out -> {
                while (any && chunks.hasNext()) {
                    chunks.next().getData().writeTo(out);
                }
            };
        } catch (StatusRuntimeException e) {
            throw switch (e.getStatus().getCode()) {
                case NOT_FOUND, FAILED_PRECONDITION ->
                        Problems.conflict(
                                "nothing-committed", "The main branch has no commit yet.");
                default -> unavailable(workspace);
            };
        } catch (WorkspaceUnreachable e) {
            throw unavailable(workspace);
        }
    }

    private WorkspaceAgentGrpc.WorkspaceAgentBlockingStub stub(
            Workspace workspace, long deadline, TimeUnit unit) throws WorkspaceUnreachable {
        return WorkspaceAgentGrpc.newBlockingStub(connections.connect(workspace.id()))
                .withDeadlineAfter(deadline, unit);
    }

    private static ProblemException unavailable(Workspace workspace) {
        return Problems.unavailable(
                "The agent of workspace " + workspace.id() + " does not answer.", SOON);
    }
}
