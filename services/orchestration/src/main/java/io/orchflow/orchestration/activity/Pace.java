package io.orchflow.orchestration.activity;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets through, for each sender, the first of what comes and then the newest of every while. Any
/// thread.
final class Pace<T> {

    private static final class Sender<T> {
        private long freeAt;
        private @Nullable T waiting;
    }

    private static final int MOST = 10_000;

    private final long between;
    private final LongSupplier nanos;
    private final Map<String, Sender<T>> senders = new HashMap<>();

    /// @param nanos a clock that only goes on
    Pace(Duration between, LongSupplier nanos) {
        this.between = between.toNanos();
        this.nanos = nanos;
    }

    /// Something new.
    ///
    /// @return milliseconds after which somebody has to call [#take]; 0: at once; -1: somebody will
    synchronized long offer(String sender, T item) {
        forgetOld();
        var known = senders.computeIfAbsent(sender, _ -> new Sender<>());
        var first = known.waiting == null;
        known.waiting = item;
        if (!first) {
            return -1;
        }
        var rest = known.freeAt - nanos.getAsLong();
        return rest <= 0 ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(rest);
    }

    /// The newest; the next one has to wait.
    ///
    /// @return null where it was taken already
    synchronized @Nullable T take(String sender) {
        var known = senders.get(sender);
        if (known == null || known.waiting == null) {
            return null;
        }
        var item = known.waiting;
        known.waiting = null;
        known.freeAt = nanos.getAsLong() + between;
        return item;
    }

    private void forgetOld() {
        if (senders.size() >= MOST) {
            var now = nanos.getAsLong();
            senders.values().removeIf(one -> one.waiting == null && one.freeAt < now);
        }
    }
}
