package io.orchflow.orchestration.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan in the API.
public record PlanView(
        String id,
        String workspaceId,
        @Nullable String conversationId,
        String source,
        double confidence,
        String topology,
        String state,
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
