package io.orchflow.orchestration.plan;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A plan in the API.
public record PlanView(
        String id,
        String workspaceId,
        @Nullable String conversationId,
        @Schema(enumeration = {"local", "llm"}) String source,
        @Schema(minimum = "0", maximum = "1") double confidence,
        @Schema(enumeration = {"single", "pipeline", "parallel", "hierarchical", "mesh"})
                String topology,
        @Schema(enumeration = {"DRAFT", "APPROVED"}) String state,
        @Nullable String swarmId,
        List<TaskBody> tasks) {

    static PlanView of(StoredPlan stored) {
        var plan = stored.plan();
        return new PlanView(
                stored.id(),
                stored.workspaceId(),
                stored.conversationId(),
                plan.source().word(),
                plan.confidence(),
                plan.topology().word(),
                stored.state().word(),
                stored.state() instanceof PlanState.Approved(var swarmId) ? swarmId : null,
                plan.tasks().stream().map(TaskBody::of).toList());
    }
}
