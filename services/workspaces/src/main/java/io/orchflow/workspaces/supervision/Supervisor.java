package io.orchflow.workspaces.supervision;

import io.orchflow.workspaces.supervision.OwnershipRepository.Owned;
import io.orchflow.workspaces.workspace.WorkspaceChanged;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Looks after every workspace that this replica owns: a step each, four times a second and at once
/// after a change, one step of a workspace at a time.
@ApplicationScoped
class Supervisor {

    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final long TICK_MILLIS = 250;
    private static final long POLL_NANOS = 50_000_000;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration RENEWED_EVERY =
            Duration.ofSeconds(OwnershipRepository.LEASE_SECONDS).dividedBy(4);

    private final OwnershipRepository ownership;
    private final Keeper keeper;
    private final SupervisionConfig config;
    private final Semaphore woken = new Semaphore(0);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Long> resting = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile List<Owned> lastOwned = List.of();
    private long renewedAt;

    Supervisor(OwnershipRepository ownership, Keeper keeper, SupervisionConfig config) {
        this.ownership = ownership;
        this.keeper = keeper;
        this.config = config;
    }

    void begin(@Observes StartupEvent event) {
        renewedAt = System.nanoTime() - RENEWED_EVERY.toNanos();
        Thread.ofVirtual().name("supervisor").start(this::run);
    }

    void onChange(@Observes WorkspaceChanged change) {
        resting.remove(change.workspaceId());
        woken.release();
    }

    void end(@Observes ShutdownEvent event) {
        closed = true;
        woken.release();
        try {
            if (config.stopWorkspaces()) {
                suspendAll();
            }
            ownership.releaseAll();
        } catch (RuntimeException e) {
            LOG.error("Workspaces are left to the next start of this service", e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                tick();
                pause();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Workspaces not looked after; trying again reason=%s", e.toString());
                rest();
            }
        }
    }

    private void rest() {
        var until = System.nanoTime() + PAUSE_AFTER_ERROR.toNanos();
        while (!closed && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void pause() throws InterruptedException {
        if (woken.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            woken.drainPermits();
        }
    }

    private void tick() {
        ownership.claim();
        var owned = owned();
        lastOwned = owned;
        owned.stream()
                .filter(o -> !closed && !isResting(o.workspace().id()))
                .filter(o -> busy.add(o.workspace().id()))
                .forEach(o -> Thread.startVirtualThread(() -> work(o)));
    }

    private List<Owned> owned() {
        if (System.nanoTime() - renewedAt < RENEWED_EVERY.toNanos()) {
            return ownership.owned();
        }
        var owned = ownership.renew();
        renewedAt = System.nanoTime();
        return owned;
    }

    private void work(Owned owned) {
        var id = owned.workspace().id();
        var moved = false;
        try {
            moved = keeper.step(owned);
        } catch (RuntimeException e) {
            LOG.warnf(e, "A step failed and is tried again workspaceId=%s", id);
            resting.put(id, System.nanoTime() + PAUSE_AFTER_ERROR.toNanos());
        } finally {
            busy.remove(id);
        }
        if (moved) {
            woken.release();
        }
    }

    private boolean isResting(String id) {
        var until = resting.get(id);
        return until != null && System.nanoTime() - until < 0;
    }

    private void suspendAll() {
        var threads =
                renewed().stream().map(o -> Thread.startVirtualThread(() -> suspend(o))).toList();
        for (var thread : threads) {
            try {
                thread.join(config.stopTimeout());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Also without the database no agent may be left behind.
    private List<Owned> renewed() {
        try {
            return ownership.renew();
        } catch (RuntimeException e) {
            LOG.warnf("Workspaces are stopped from memory reason=%s", e.toString());
            return lastOwned;
        }
    }

    private void suspend(Owned owned) {
        var until = System.nanoTime() + config.stopTimeout().toNanos();
        while (busy.contains(owned.workspace().id()) && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        try {
            keeper.suspend(owned);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Workspace not stopped workspaceId=%s", owned.workspace().id());
        }
    }
}
