package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.swarm.Lease;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// One swarm as its present worker sees it: rows by the lease, the workspace by its epoch. Any
/// thread.
final class LeasedSwarm {
    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;

    private final Lease lease;
    private final SwarmStore store;
    private final AgentChannels channels;
    private final AgentCalls calls;
    private final ModelGate models;
    private final Clock clock;
    private final Runnable changed;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();

    /// @param changed called after every change
    LeasedSwarm(
            Lease lease,
            SwarmStore store,
            AgentChannels channels,
            ModelGate models,
            Clock clock,
            Runnable changed) {
        this.lease = lease;
        this.store = store;
        this.channels = channels;
        this.calls = new AgentCalls(channels, lease);
        this.models = models;
        this.clock = clock;
        this.changed = changed;
    }

    Lease lease() {
        return lease;
    }

    SwarmStore store() {
        return store;
    }

    AgentCalls calls() {
        return calls;
    }

    ModelGate models() {
        return models;
    }

    Instant time() {
        return clock.instant();
    }

    Swarm now() {
        return store.find(lease.swarmId()).orElseThrow(() -> new LeaseLost(lease));
    }

    Swarm change(UnaryOperator<Swarm> step) {
        var after = store.change(lease, step);
        changed.run();
        return after;
    }

    /// What agents ask by a tool and wait for, by the agent's id. A node that takes over knows of
    /// none: the call that waited broke with the one before.
    Map<String, Question> questions() {
        return questions;
    }

    void wake() {
        changed.run();
    }

    AgentChannels.Presence presence() {
        return channels.presence(lease.workspaceId());
    }

    /// Tries a call again while the workspace cannot be reached, and says so in the swarm.
    ///
    /// @throws Stopped `stop` was raised meanwhile
    /// @throws WorkspaceGone the workspace was stopped or deleted meanwhile
    <T> T persistently(StopSignal stop, Supplier<T> call) {
        long pause = SHORTEST_PAUSE;
        while (true) {
            stop.check();
            try {
                var result = call.get();
                if (pause > SHORTEST_PAUSE) {
                    change(s -> s.reachable(null));
                }
                return result;
            } catch (Unreachable e) {
                if (presence() != AgentChannels.Presence.MAY_RUN) {
                    throw new WorkspaceGone();
                }
                change(s -> s.reachable(e.getMessage()));
                pause = Math.min(2 * pause, LONGEST_PAUSE);
                stop.pause(pause);
            }
        }
    }

    void persistently(StopSignal stop, Runnable call) {
        persistently(
                stop,
                () -> {
                    call.run();
                    return true;
                });
    }
}
