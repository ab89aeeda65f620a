package io.orchflow.access;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Tells live sockets that their session is over: asks for all their grants every 400 ms. Where
/// nothing can be asked for 30 s it says so, and after 60 s it takes the grants for gone.
///
/// Listeners are called on the one thread of the watch: they must not block.
public final class GrantWatch implements AutoCloseable {

    /// What a live socket wants to know.
    public interface Listener {

        /// The session is over: close with 4403. Called at most once, and nothing after it.
        void gone();

        /// Grants could not be checked for 30 s: demote to viewer. [#gone] follows after another
        /// 30 s of that.
        void unchecked();

        /// Grants can be checked again, and this one is good.
        default void checkedAgain() {}
    }

    /// Ends the watching of one socket.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private record Watched(String sessionId, Listener listener) {}

    private static final Logger LOG = Logger.getLogger(GrantWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GrantStore store;
    private final Duration interval;
    private final Duration patience;
    private final Map<String, List<Watched>> watched = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private long checkedAt = System.nanoTime();
    private boolean told;

    public GrantWatch(GrantStore store) {
        this(store, INTERVAL, PATIENCE);
    }

    GrantWatch(GrantStore store, Duration interval, Duration patience) {
        this.store = store;
        this.interval = interval;
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("grant-watch").start(this::run);
    }

    public Registration watch(String sessionId, Listener listener) {
        var one = new Watched(sessionId, listener);
        watched.compute(
                sessionId,
                (_, others) -> {
                    var all = others == null ? new CopyOnWriteArrayList<Watched>() : others;
                    all.add(one);
                    return all;
                });
        return () -> forget(one);
    }

    private void forget(Watched one) {
        watched.computeIfPresent(
                one.sessionId(),
                (_, all) -> {
                    all.remove(one);
                    return all.isEmpty() ? null : all;
                });
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(interval.toNanos());
            if (watched.isEmpty()) {
                checkedAt = System.nanoTime();
                told = false;
            } else {
                check(List.copyOf(watched.keySet()));
            }
        }
    }

    private void check(Collection<String> sessionIds) {
        try {
            var present = store.present(sessionIds);
            checkedAt = System.nanoTime();
            sessionIds.stream().filter(id -> !present.contains(id)).forEach(this::end);
            if (told) {
                told = false;
                each(Listener::checkedAgain);
            }
        } catch (RuntimeException e) {
            LOG.debugf("Grants not checked reason=%s", e.toString());
            unchecked(System.nanoTime() - checkedAt);
        }
    }

    private void unchecked(long nanos) {
        if (nanos >= 2 * patience.toNanos()) {
            watched.keySet().forEach(this::end);
        } else if (nanos >= patience.toNanos() && !told) {
            told = true;
            LOG.warnf("Grants could not be checked for %d s", patience.toSeconds());
            each(Listener::unchecked);
        }
    }

    private void end(String sessionId) {
        var ended = watched.remove(sessionId);
        if (ended != null) {
            ended.forEach(one -> call(one, Listener::gone));
        }
    }

    private void each(Consumer<Listener> what) {
        watched.values().forEach(all -> all.forEach(one -> call(one, what)));
    }

    private static void call(Watched one, Consumer<Listener> what) {
        try {
            what.accept(one.listener());
        } catch (RuntimeException e) {
            LOG.warnf(e, "Listener failed sessionId=%s", one.sessionId());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
