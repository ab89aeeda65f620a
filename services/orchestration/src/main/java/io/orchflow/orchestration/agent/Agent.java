package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import org.jspecify.annotations.Nullable;

/// One attempt of one task.
///
/// @param id the attempt's identity everywhere, the workspace included
/// @param attempt from 1
/// @param profile the agent program; absent for recipes, plain commands and the agent of ours
/// @param wish what a person asked of this agent alone
public record Agent(
        String id,
        String taskId,
        int attempt,
        String role,
        AdapterKind adapter,
        @Nullable String profile,
        AgentState state,
        Wish wish) {

    public enum Wish {
        RUN,
        PAUSE,
        CANCEL
    }

    /// The agent of an attempt that begins.
    public static Agent starting(String id, PlannedTask task, int attempt) {
        return new Agent(
                id,
                task.id(),
                attempt,
                task.role(),
                task.adapter(),
                task.program() == null ? null : task.program().profile(),
                new AgentState.Starting(),
                Wish.RUN);
    }

    public Agent in(AgentState next) {
        return new Agent(id, taskId, attempt, role, adapter, profile, next, wish);
    }

    public Agent wishing(Wish next) {
        return new Agent(id, taskId, attempt, role, adapter, profile, state, next);
    }

    /// Its command runs; nothing new where that was known.
    public Agent started(String paneId, @Nullable Integer pid) {
        return state instanceof AgentState.Starting starting
                ? in(starting.started(paneId, pid))
                : this;
    }

    /// Its processes are stopped, where it had any at work.
    public Agent frozen() {
        return switch (state) {
            case AgentState.Working working -> in(working.frozen());
            case AgentState.NeedsYou asking -> in(asking.frozen());
            case AgentState.Starting _,
                    AgentState.Paused _,
                    AgentState.Verifying _,
                    AgentState.Exited _ ->
                    this;
        };
    }

    /// Its program asks for a person; nothing new where it is not at work.
    public Agent asks(Question question) {
        return switch (state) {
            case AgentState.Working working -> in(working.asks(question));
            case AgentState.NeedsYou asking -> in(asking.asks(question));
            case AgentState.Starting _,
                    AgentState.Paused _,
                    AgentState.Verifying _,
                    AgentState.Exited _ ->
                    this;
        };
    }

    /// Its program asks for nobody.
    public Agent answered() {
        return state instanceof AgentState.NeedsYou asking ? in(asking.answered()) : this;
    }

    public Agent thawed() {
        return state instanceof AgentState.Paused paused ? in(paused.thawed()) : this;
    }

    public Agent ended(@Nullable Integer exitCode) {
        return in(state.ended(exitCode));
    }
}
