package io.orchflow.terminal.pane;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.ClosePaneRequest;
import io.orchflow.workspace.v1.ListPanesRequest;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.Pane;
import io.orchflow.workspace.v1.PanesGrpc;
import io.orchflow.workspace.v1.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks workspace agents for panes. Blocks for up to 10 s; every failure is a problem for clients.
@ApplicationScoped
class PaneAgents {

    private static final long DEADLINE_SECONDS = 10;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final WorkspaceConnections connections;

    PaneAgents(WorkspaceConnections connections) {
        this.connections = connections;
    }

    Pane open(String workspaceId, OpenPaneRequest request) {
        return ask(workspaceId, "options", panes -> panes.open(request));
    }

    List<Pane> list(String workspaceId) {
        return ask(
                workspaceId,
                workspaceId,
                panes -> panes.list(ListPanesRequest.getDefaultInstance()).getPanesList());
    }

    void close(String workspaceId, String paneId, Principal by) {
        var request = ClosePaneRequest.newBuilder().setPaneId(paneId).setBy(by).build();
        ask(workspaceId, paneId, panes -> panes.close(request));
    }

    private <T> T ask(
            String workspaceId, String subject, Function<PanesGrpc.PanesBlockingStub, T> call) {
        try {
            return call.apply(
                    PanesGrpc.newBlockingStub(connections.connect(workspaceId))
                            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
        } catch (WorkspaceUnreachable _) {
            throw unavailable(workspaceId);
        } catch (StatusRuntimeException e) {
            throw problem(workspaceId, subject, e.getStatus());
        }
    }

    private static ProblemException problem(String workspaceId, String subject, Status status) {
        var said = status.getDescription() == null ? "" : status.getDescription();
        return switch (status.getCode()) {
            case NOT_FOUND -> Problems.notFound("pane", subject);
            case INVALID_ARGUMENT -> Problems.badInput(subject, "refused", said);
            case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS, OUT_OF_RANGE ->
                    Problems.conflict("pane-state", said);
            case RESOURCE_EXHAUSTED -> Problems.tooManyRequests(said, Duration.ofSeconds(10));
            case PERMISSION_DENIED, UNAUTHENTICATED -> Problems.forbidden(said);
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAVAILABLE,
                    DATA_LOSS ->
                    unavailable(workspaceId);
        };
    }

    private static ProblemException unavailable(String workspaceId) {
        return Problems.unavailable(
                "The agent of workspace " + workspaceId + " does not answer.", SOON);
    }
}
