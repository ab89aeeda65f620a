package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.AdapterKind;

/// One attempt of one task.
///
/// @param id the attempt's identity everywhere, the workspace included
/// @param attempt from 1
/// @param wish what a person asked of this agent alone
public record Agent(
        String id,
        String taskId,
        int attempt,
        String role,
        AdapterKind adapter,
        AgentState state,
        Wish wish) {

    public enum Wish {
        RUN,
        PAUSE,
        CANCEL
    }

    public Agent in(AgentState next) {
        return new Agent(id, taskId, attempt, role, adapter, next, wish);
    }

    public Agent wishing(Wish next) {
        return new Agent(id, taskId, attempt, role, adapter, state, next);
    }
}
