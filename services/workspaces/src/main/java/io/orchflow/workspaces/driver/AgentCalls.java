package io.orchflow.workspaces.driver;

import io.grpc.StatusRuntimeException;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.ShutdownRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspace.v1.WorkspaceDescription;
import io.orchflow.workspaces.workspace.Isolation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the driver asks an agent itself. Blocks.
@ApplicationScoped
class AgentCalls {

    private static final long DESCRIBE_MILLIS = 2_000;

    private final WorkspaceConnections connections;

    AgentCalls(WorkspaceConnections connections) {
        this.connections = connections;
    }

    /// @return empty where nobody answers, or somebody else than this workspace's agent
    Optional<Agent.Serving> describe(String workspaceId) {
        try {
            var description =
                    stub(workspaceId, DESCRIBE_MILLIS)
                            .describe(DescribeRequest.getDefaultInstance());
            return Optional.of(description)
                    .filter(d -> d.getWorkspaceId().equals(workspaceId))
                    .map(AgentCalls::serving);
        } catch (StatusRuntimeException | WorkspaceUnreachable _) {
            return Optional.empty();
        }
    }

    /// @return whether the agent said that it has ended everything
    boolean shutDown(String workspaceId, Duration atMost) {
        try {
            var _ =
                    stub(workspaceId, atMost.toMillis())
                            .shutdown(ShutdownRequest.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException | WorkspaceUnreachable _) {
            return false;
        }
    }

    private WorkspaceAgentGrpc.WorkspaceAgentBlockingStub stub(String workspaceId, long millis)
            throws WorkspaceUnreachable {
        return WorkspaceAgentGrpc.newBlockingStub(connections.connect(workspaceId))
                .withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    private static Agent.Serving serving(WorkspaceDescription description) {
        var isolation =
                switch (description.getIsolation()) {
                    case ISOLATION_NAMESPACES -> Isolation.NAMESPACES;
                    case ISOLATION_CONTAINER -> Isolation.CONTAINER;
                    case ISOLATION_KUBERNETES -> Isolation.KUBERNETES;
                    case ISOLATION_NONE, ISOLATION_UNSPECIFIED, UNRECOGNIZED -> Isolation.NONE;
                };
        var notice = description.getNotice();
        return new Agent.Serving(isolation, notice.isBlank() ? null : notice);
    }
}
