package io.orchflow.orchestration.swarm;

import org.jspecify.annotations.Nullable;

/// Where a swarm belongs; never changes.
///
/// @param request what the person wrote, as the plan's planner read it
/// @param approvedBy a user id
public record Origin(
        String planId,
        @Nullable String conversationId,
        String workspaceId,
        String teamId,
        String approvedBy,
        String request,
        @Nullable String correlationId) {}
