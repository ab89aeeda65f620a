package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.swarm.ExpectedConflict;
import io.orchflow.orchestration.swarm.ExpectedConflict.With;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.workspace.v1.ForecastReply.Collision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/// Asks the workspace again and again what would conflict, while agents of a swarm are at work. It
/// is a hint: where it cannot be had, the swarm goes on.
final class ForecastWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ForecastWatch.class);

    /// Of the time that a look takes, so that it stays a small part of the work.
    private static final int REST = 10;

    private final LeasedSwarm swarm;
    private final long pause;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private List<ExpectedConflict> last;

    /// @param pause between two looks, in milliseconds; longer where a look takes long
    ForecastWatch(LeasedSwarm swarm, long pause) {
        this.swarm = swarm;
        this.pause = pause;
        this.last = List.of();
        this.thread =
                Thread.ofVirtual().name("forecast-" + swarm.lease().swarmId()).start(this::run);
    }

    private void run() {
        try {
            while (true) {
                stop.pause(Math.max(pause, REST * look()));
            }
        } catch (Stopped | LeaseLost e) {
            LOG.debugf("Forecast ended swarmId=%s", swarm.lease().swarmId());
        }
    }

    /// @return how long it took, in milliseconds
    private long look() {
        var begun = System.nanoTime();
        try {
            var now = swarm.now();
            var found =
                    now.state().ended() || !atWork(now) ? List.<ExpectedConflict>of() : ask(now);
            if (!found.equals(last)) {
                swarm.store().foresee(swarm.lease(), found);
                last = found;
            }
        } catch (Unreachable | Refused e) {
            LOG.debugf("No forecast swarmId=%s: %s", swarm.lease().swarmId(), e.getMessage());
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static boolean atWork(Swarm now) {
        return now.agents().stream().anyMatch(agent -> agent.state().live());
    }

    private List<ExpectedConflict> ask(Swarm now) {
        var found = new ArrayList<ExpectedConflict>();
        for (var collision : swarm.calls().forecast()) {
            add(found, now, collision);
        }
        found.sort(
                Comparator.comparing(ExpectedConflict::taskId)
                        .thenComparing(ExpectedConflict::kind)
                        .thenComparing(e -> String.valueOf(e.with())));
        return found;
    }

    private static void add(List<ExpectedConflict> to, Swarm now, Collision collision) {
        var one = now.agent(collision.getAgentId()).map(Agent::taskId);
        var other = now.agent(collision.getOtherAgentId()).map(Agent::taskId);
        var paths = collision.getPathsList();
        if (collision.getOtherAgentId().isEmpty()) {
            one.ifPresent(task -> to.add(new ExpectedConflict(task, With.MAIN, null, paths)));
        } else if (one.isPresent() && other.isPresent()) {
            // Whichever the workspace named first: the same two are the same conflict.
            var first = one.get().compareTo(other.get()) <= 0;
            to.add(
                    new ExpectedConflict(
                            first ? one.get() : other.get(),
                            With.TASK,
                            first ? other.get() : one.get(),
                            paths));
        } else {
            one.or(() -> other)
                    .ifPresent(task -> to.add(new ExpectedConflict(task, With.SWARM, null, paths)));
        }
    }

    @Override
    public void close() {
        stop.raise();
        thread.interrupt();
    }
}
