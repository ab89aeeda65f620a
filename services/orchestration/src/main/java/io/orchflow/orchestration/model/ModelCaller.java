package io.orchflow.orchestration.model;

import org.jspecify.annotations.Nullable;

/// The agent that asks, and who pays for it.
///
/// @param userId who approved its swarm
public record ModelCaller(
        String teamId,
        String workspaceId,
        String userId,
        String swarmId,
        String agentId,
        @Nullable String correlationId) {}
