package io.orchflow.orchestration.worker;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.swarm.Lease;
import io.orchflow.orchestration.swarm.SwarmStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Claims swarms that need work and runs each on threads of its own, for as long as this node can
/// prolong its lease.
public final class SwarmWorkers implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SwarmWorkers.class);

    /// @param lease how long a dead node's swarm waits for another
    /// @param poll how often swarms are looked for that others have let go
    /// @param most swarms at once, paused ones not counted
    public record Settings(Duration lease, Duration poll, int most) {}

    private record Held(Lease lease, SwarmRun run, Thread thread) {}

    private final SwarmStore store;
    private final AgentChannels channels;
    private final ModelGate models;
    private final Clock clock;
    private final Settings settings;
    private final String owner = Ids.next();
    private final MergeQueue merges = new MergeQueue();
    private final ConcurrentHashMap<String, Held> held = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final StopSignal stop = new StopSignal();
    private final Thread claimer;
    private final Thread keeper;
    private volatile long renewedAt = System.nanoTime();

    public SwarmWorkers(
            SwarmStore store,
            AgentChannels channels,
            ModelGate models,
            Clock clock,
            Settings settings) {
        this.store = store;
        this.channels = channels;
        this.models = models;
        this.clock = clock;
        this.settings = settings;
        this.claimer = Thread.ofVirtual().name("swarm-claims").unstarted(this::claims);
        this.keeper = Thread.ofVirtual().name("swarm-leases").unstarted(this::renewals);
    }

    public void start() {
        claimer.start();
        keeper.start();
    }

    /// People have asked something of a swarm.
    public void wake(String swarmId) {
        var mine = held.get(swarmId);
        if (mine != null) {
            mine.run().wake();
        }
        news.release();
    }

    private void claims() {
        while (!stop.raised()) {
            try {
                var free = settings.most() - atWork();
                if (free > 0) {
                    store.claim(owner, free, settings.lease()).forEach(this::begin);
                }
                if (news.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Swarms could not be claimed reason=%s", e.toString());
                halfASecond();
            }
        }
    }

    private int atWork() {
        return (int) held.values().stream().filter(mine -> !mine.run().resting()).count();
    }

    private void begin(Lease lease) {
        LOG.infof("Swarm taken swarmId=%s epoch=%d", lease.swarmId(), lease.epoch());
        var run = new SwarmRun(lease, store, channels, models, clock, merges);
        var thread =
                Thread.ofVirtual()
                        .name("swarm-" + lease.swarmId())
                        .unstarted(() -> work(lease, run));
        held.put(lease.swarmId(), new Held(lease, run, thread));
        thread.start();
    }

    private void work(Lease lease, SwarmRun run) {
        try {
            run.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "Swarm broke off swarmId=%s", lease.swarmId());
            halfASecond();
        } finally {
            held.remove(lease.swarmId());
            handOver(lease);
            news.release();
        }
    }

    private void handOver(Lease lease) {
        try {
            store.handOver(lease);
        } catch (RuntimeException e) {
            LOG.debugf("Lease runs out swarmId=%s reason=%s", lease.swarmId(), e.toString());
        }
    }

    private void halfASecond() {
        try {
            stop.pause(500);
        } catch (Stopped _) {
            // the caller looks
        }
    }

    private void renewals() {
        while (!stop.raised()) {
            try {
                stop.pause(settings.lease().toMillis() / 5);
                renew();
            } catch (Stopped e) {
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Leases could not be prolonged reason=%s", e.toString());
                if (System.nanoTime() - renewedAt > settings.lease().toNanos()) {
                    held.values().forEach(mine -> mine.run().stop());
                }
            }
        }
    }

    private void renew() {
        var began = System.nanoTime();
        var mine = List.copyOf(held.values());
        if (!mine.isEmpty()) {
            var still = store.renew(mine.stream().map(Held::lease).toList(), settings.lease());
            for (var one : mine) {
                if (!still.contains(one.lease().swarmId())) {
                    one.run().stop();
                } else {
                    one.run().wake();
                }
            }
        }
        renewedAt = began;
    }

    /// Lets go of everything where it is; another node, or this one after its restart, goes on.
    @Override
    public void close() {
        stop.raise();
        claimer.interrupt();
        keeper.interrupt();
        var mine = List.copyOf(held.values());
        mine.forEach(one -> one.run().stop());
        for (var one : mine) {
            try {
                one.thread().join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
