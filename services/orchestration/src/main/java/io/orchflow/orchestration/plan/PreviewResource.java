package io.orchflow.orchestration.plan;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the local planner would propose; nothing is kept.
@Path("/api/plans/preview")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PreviewResource {
    static final int LONGEST_TEXT = 20_000;

    /// A message that was not sent.
    public record PreviewBody(
            @Nullable @Schema(required = true, maxLength = 64) String workspaceId,
            @Nullable @Schema(required = true, maxLength = LONGEST_TEXT) String text) {}

    private final Planner planner;
    private final Workspaces workspaces;
    private final CurrentCaller caller;

    PreviewResource(Planner planner, Workspaces workspaces, CurrentCaller caller) {
        this.planner = planner;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @Operation(summary = "Gives the plan that the local planner would propose; nothing is kept")
    @APIResponseSchema(
            value = PreviewView.class,
            responseCode = "200",
            responseDescription =
                    "A plan without id and state; without tasks where there would be none.")
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
