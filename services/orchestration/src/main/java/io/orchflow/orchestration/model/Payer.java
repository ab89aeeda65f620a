package io.orchflow.orchestration.model;

import io.orchflow.orchestration.tunnel.AgentCaller;
import org.jspecify.annotations.Nullable;

/// Who pays for a call of a model, and what it is for.
///
/// @param userId who approved the swarm, or asked for the plan
public record Payer(
        String teamId,
        String workspaceId,
        String userId,
        Purpose purpose,
        @Nullable String correlationId) {

    /// What a call is for.
    public sealed interface Purpose {}

    /// The work of an agent: its swarm's budget holds besides.
    public record Work(String swarmId, String agentId) implements Purpose {}

    /// A plan for what was said in a conversation.
    public record Planning(String conversationId) implements Purpose {}

    public static Payer of(AgentCaller agent) {
        return new Payer(
                agent.teamId(),
                agent.workspaceId(),
                agent.userId(),
                new Work(agent.swarmId(), agent.agentId()),
                agent.correlationId());
    }

    @Nullable String swarmId() {
        return switch (purpose) {
            case Work work -> work.swarmId();
            case Planning _ -> null;
        };
    }

    @Nullable String agentId() {
        return switch (purpose) {
            case Work work -> work.agentId();
            case Planning _ -> null;
        };
    }

    @Nullable String conversationId() {
        return switch (purpose) {
            case Work _ -> null;
            case Planning planning -> planning.conversationId();
        };
    }
}
