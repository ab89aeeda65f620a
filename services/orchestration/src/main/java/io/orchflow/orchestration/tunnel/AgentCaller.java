package io.orchflow.orchestration.tunnel;

import org.jspecify.annotations.Nullable;

/// The agent that asks, and who pays for it.
///
/// @param userId who approved its swarm
public record AgentCaller(
        String teamId,
        String workspaceId,
        String userId,
        String swarmId,
        String agentId,
        @Nullable String correlationId) {}
