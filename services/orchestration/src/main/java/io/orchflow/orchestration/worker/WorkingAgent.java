package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AskingAgent;
import org.jspecify.annotations.Nullable;

/// An agent of a leased swarm, as the way to models sees it.
final class WorkingAgent implements AskingAgent {
    private final LeasedSwarm swarm;
    private final String agentId;
    private final AgentCaller caller;
    private final @Nullable String wanted;
    private final boolean asksFirst;

    /// @throws IllegalArgumentException the swarm has no such agent
    WorkingAgent(LeasedSwarm swarm, String agentId) {
        this.swarm = swarm;
        this.agentId = agentId;
        var now = swarm.now();
        var agent =
                now.agent(agentId)
                        .orElseThrow(() -> new IllegalArgumentException("no agent " + agentId));
        var planned = now.task(agent.taskId()).orElseThrow().planned();
        var program = planned.program();
        this.asksFirst = planned.allowance().asks();
        var origin = now.origin();
        this.wanted = program == null ? null : program.model();
        this.caller =
                new AgentCaller(
                        origin.teamId(),
                        origin.workspaceId(),
                        origin.approvedBy(),
                        now.id(),
                        agentId,
                        origin.correlationId());
    }

    @Override
    public AgentCaller caller() {
        return caller;
    }

    @Override
    public @Nullable String wanted() {
        return wanted;
    }

    @Override
    public boolean mayAsk() {
        var now = swarm.now();
        return (now.wish().kind() == Wish.Kind.RUN || now.wish().holds())
                && now.state() instanceof SwarmState.Running
                && now.agent(agentId).filter(WorkingAgent::works).isPresent();
    }

    private static boolean works(Agent agent) {
        return agent.state().live() && agent.wish() == Agent.Wish.RUN;
    }

    @Override
    public boolean asksFirst() {
        return asksFirst;
    }

    @Override
    public AgentSandbox sandbox() {
        return new SandboxCalls(swarm.calls(), agentId, this::mayAsk);
    }

    @Override
    public void budgetReached(String reason) {
        swarm.change(s -> s.budgetReached(reason));
    }

    @Override
    public void needs(String question) {
        swarm.questions().put(agentId, new Question(question, swarm.time()));
        swarm.wake();
    }

    @Override
    public void helped() {
        swarm.questions().remove(agentId);
        swarm.wake();
    }
}
