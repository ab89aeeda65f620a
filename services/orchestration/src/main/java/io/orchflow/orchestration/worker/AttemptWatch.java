package io.orchflow.orchestration.worker;

import io.grpc.Context;
import io.orchflow.workspace.v1.Attempt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the workspace says about a swarm's attempts, as it happens. Goes on by itself after every
/// break of the connection.
final class AttemptWatch implements AutoCloseable {
    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;

    private final AgentCalls calls;
    private final StopSignal stop = new StopSignal();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable news;
    private final Map<String, Attempt> latest = new HashMap<>();
    private volatile Context.@Nullable CancellableContext stream;
    private final Thread thread;

    /// @param news called after every change
    AttemptWatch(AgentCalls calls, String swarmId, Runnable news) {
        this.calls = calls;
        this.news = news;
        this.thread = Thread.ofVirtual().name("watch-" + swarmId).start(this::run);
    }

    private void run() {
        long pause = SHORTEST_PAUSE;
        while (!stop.raised()) {
            var context = Context.ROOT.withCancellation();
            stream = context;
            try {
                stop.check();
                calls.watch(context, this::seen);
                pause = SHORTEST_PAUSE;
            } catch (Stopped e) {
                return;
            } catch (RuntimeException e) {
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            } finally {
                context.cancel(null);
            }
            try {
                stop.pause(pause);
            } catch (Stopped e) {
                return;
            }
        }
    }

    private void seen(Attempt attempt) {
        lock.lock();
        try {
            latest.put(attempt.getAgentId(), attempt);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        news.run();
    }

    /// What the workspace said last of an attempt; empty before it said anything.
    Optional<Attempt> latest(String agentId) {
        lock.lock();
        try {
            return Optional.ofNullable(latest.get(agentId));
        } finally {
            lock.unlock();
        }
    }

    /// Waits until an attempt has exited.
    ///
    /// @throws Stopped `until` was raised first
    Attempt awaitExit(String agentId, StopSignal until) {
        var forget = until.onRaise(this::wake);
        lock.lock();
        try {
            while (true) {
                until.check();
                var attempt = latest.get(agentId);
                if (attempt != null && attempt.getState() == Attempt.State.EXITED) {
                    return attempt;
                }
                var _ = changed.await(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        } finally {
            lock.unlock();
            forget.run();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stop.raise();
        var open = stream;
        if (open != null) {
            open.cancel(null);
        }
        thread.interrupt();
    }
}
