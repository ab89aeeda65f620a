package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.plan.RunLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a swarm belongs; never changes.
///
/// @param request what the person wrote, as the plan's planner read it
/// @param approvedBy a user id
/// @param howToRun what a person may type to use what it builds
public record Origin(
        String planId,
        @Nullable String conversationId,
        String workspaceId,
        String teamId,
        String approvedBy,
        String request,
        @Nullable String correlationId,
        List<RunLine> howToRun) {

    public Origin {
        howToRun = List.copyOf(howToRun);
    }
}
