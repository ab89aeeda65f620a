package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.Work;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.ControlRequest.Action;
import java.util.List;
import java.util.Optional;
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
    private final AttemptControl control;
    private final StopSignal stop;

    Suspension(LeasedSwarm swarm, AttemptWatch watch, AttemptControl control, StopSignal stop) {
        this.swarm = swarm;
        this.watch = watch;
        this.control = control;
        this.stop = stop;
    }

    /// Ctrl-C for every program at work; those that end by it within ten seconds are suspended.
    void interrupt(Swarm now) {
        var agents = working(now).stream().filter(agent -> !ended(agent)).toList();
        agents.forEach(agent -> control.tell(agent.id(), Action.INTERRUPT));
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

    /// Whether it had come to its own end: what it did is judged as always.
    private boolean ended(Agent agent) {
        var attempt =
                known(agent)
                        .filter(Suspension::exited)
                        .filter(one -> one.hasExitCode() && one.getExitCode() == 0);
        attempt.ifPresent(one -> TaskRun.exited(swarm, agent.id(), one));
        return attempt.isPresent();
    }

    private Optional<Attempt> known(Agent agent) {
        try {
            return Optional.of(swarm.persistently(stop, () -> swarm.calls().get(agent.id())));
        } catch (Refused e) {
            return Optional.empty(); // It was never launched.
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
        return watch.latest(agent.id()).filter(Suspension::exited).isPresent();
    }

    private static boolean exited(Attempt attempt) {
        return attempt.getState() == Attempt.State.EXITED;
    }

    /// Ends every process.
    void end(Swarm now) {
        for (var agent : now.agents()) {
            if (agent.state().live() && !ended(agent)) {
                var killed = control.tell(agent.id(), Action.KILL);
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
        control.discard(agentId);
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
}
