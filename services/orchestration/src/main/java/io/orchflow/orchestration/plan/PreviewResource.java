package io.orchflow.orchestration.plan;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the local planner would propose; nothing is kept.
@Path("/api/plans/preview")
@RunOnVirtualThread
public class PreviewResource {
    static final int LONGEST_TEXT = 20_000;

    /// A message that was not sent.
    public record PreviewBody(@Nullable String workspaceId, @Nullable String text) {}

    private final Planner planner;
    private final Workspaces workspaces;
    private final CurrentCaller caller;

    PreviewResource(Planner planner, Workspaces workspaces, CurrentCaller caller) {
        this.planner = planner;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @POST
    @Requires(Permission.CONVERSATION_READ)
    public PreviewView preview(PreviewBody body) {
        new Validation()
                .text(body.workspaceId(), "workspaceId", 64)
                .text(body.text(), "text", LONGEST_TEXT)
                .throwIfAny();
        var workspaceId = Objects.requireNonNull(body.workspaceId());
        workspaces.require(workspaceId, caller.get(), Permission.CONVERSATION_READ);
        var context = new PlanningContext(workspaceId, List.of(), workspaces.files(workspaceId));
        return PreviewView.of(planner.propose(Objects.requireNonNull(body.text()), context));
    }
}
