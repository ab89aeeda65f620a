package io.orchflow.orchestration.worker;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.Work;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.ControlRequest.Action;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends agents of a swarm that pauses, so that their work can go on in new attempts: what they had
/// done is taken in first.
final class Suspension {
    private static final Logger LOG = Logger.getLogger(Suspension.class);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK = 100;

    private final LeasedSwarm swarm;
    private final AttemptWatch watch;
    private final StopSignal stop;

    Suspension(LeasedSwarm swarm, AttemptWatch watch, StopSignal stop) {
        this.swarm = swarm;
        this.watch = watch;
        this.stop = stop;
    }

    /// Ctrl-C for every program at work; those that end by it within ten seconds are suspended.
    void interrupt(Swarm now) {
        var agents = working(now);
        agents.forEach(agent -> control(agent.id(), Action.INTERRUPT));
        var deadline = System.nanoTime() + PATIENCE;
        for (var agent : agents) {
            while (!exited(agent) && System.nanoTime() < deadline) {
                stop.pause(LOOK);
            }
            if (exited(agent)) {
                watch.latest(agent.id()).ifPresent(this::suspended);
            }
        }
    }

    private static List<Agent> working(Swarm now) {
        return now.agents().stream()
                .filter(
                        agent ->
                                agent.state() instanceof AgentState.Working
                                        || agent.state() instanceof AgentState.NeedsYou)
                .toList();
    }

    private boolean exited(Agent agent) {
        return watch.latest(agent.id())
                .filter(attempt -> attempt.getState() == Attempt.State.EXITED)
                .isPresent();
    }

    /// Ends every process.
    void end(Swarm now) {
        for (var agent : now.agents()) {
            if (agent.state().live()) {
                var killed = control(agent.id(), Action.KILL);
                if (killed != null) {
                    suspended(killed);
                }
            }
        }
    }

    private void suspended(Attempt attempt) {
        var agentId = attempt.getAgentId();
        var code = attempt.hasExitCode() ? attempt.getExitCode() : null;
        var work = collected(agentId);
        swarm.change(s -> s.agentSuspended(agentId, code, work));
        try {
            swarm.calls().discard(agentId);
        } catch (Unreachable | Refused e) {
            LOG.debugf("Clone not removed agentId=%s reason=%s", agentId, e.getMessage());
        }
    }

    private @Nullable Work collected(String agentId) {
        try {
            return swarm.persistently(
                    stop, () -> swarm.calls().collect(agentId, "Work up to a pause"));
        } catch (Refused e) {
            LOG.infof("Nothing taken in agentId=%s reason=%s", agentId, e.getMessage());
            return null;
        }
    }

    /// @return null where the workspace knows no such attempt
    private @Nullable Attempt control(String agentId, Action action) {
        try {
            return swarm.persistently(
                    stop, () -> swarm.calls().control(agentId, action, Ids.next()));
        } catch (Refused e) {
            if (e.wrongState()) {
                return swarm.persistently(stop, () -> swarm.calls().get(agentId));
            }
            if (e.notFound()) {
                return null;
            }
            throw e;
        }
    }
}
