package io.orchflow.orchestration.worker;

import io.orchflow.events.Ids;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.ControlRequest.Action;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Stops, lets go on and ends the attempts of a leased swarm, and writes down what came of it.
final class AttemptControl {
    private static final Logger LOG = Logger.getLogger(AttemptControl.class);

    private final LeasedSwarm swarm;
    private final StopSignal stop;

    AttemptControl(LeasedSwarm swarm, StopSignal stop) {
        this.swarm = swarm;
        this.stop = stop;
    }

    void thaw(String agentId) {
        var attempt = tell(agentId, Action.THAW);
        if (attempt != null && attempt.getState() == Attempt.State.RUNNING) {
            swarm.change(s -> s.agentThawed(agentId));
        }
    }

    void freeze(String agentId) {
        var attempt = tell(agentId, Action.FREEZE);
        if (attempt != null) {
            switch (attempt.getState()) {
                case FROZEN ->
                        swarm.change(
                                s ->
                                        s.agentStarted(agentId, attempt.getPaneId(), pid(attempt))
                                                .agentFrozen(agentId));
                case EXITED -> TaskRun.exited(swarm, agentId, attempt);
                case RUNNING, STATE_UNSPECIFIED, UNRECOGNIZED ->
                        throw new IllegalStateException("agent " + agentId + " did not freeze");
            }
        }
    }

    private static @Nullable Integer pid(Attempt attempt) {
        return attempt.hasPid() ? attempt.getPid() : null;
    }

    /// @return the attempt after it, as it is where it has exited before; null where the workspace
    ///     knows no such attempt
    @Nullable Attempt tell(String agentId, Action action) {
        try {
            return swarm.persistently(
                    stop, () -> swarm.calls().control(agentId, action, Ids.next()));
        } catch (Refused e) {
            if (e.notFound()) {
                return null;
            }
            if (e.wrongState()) {
                var attempt = swarm.persistently(stop, () -> swarm.calls().get(agentId));
                return attempt.getState() == Attempt.State.EXITED ? attempt : null;
            }
            throw e;
        }
    }

    /// The clone is not needed any more; where it stays, the workspace's end removes it.
    void discard(String agentId) {
        try {
            swarm.calls().discard(agentId);
        } catch (Unreachable | Refused e) {
            LOG.debugf("Clone not removed agentId=%s reason=%s", agentId, e.getMessage());
        }
    }
}
