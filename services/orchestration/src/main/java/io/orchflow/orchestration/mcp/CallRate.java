package io.orchflow.orchestration.mcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often each agent may call in a while. Any thread.
final class CallRate {
    private static final int MOST_CALLERS = 10_000;

    private final int most;
    private final long window;
    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> calls = new HashMap<>();

    /// @param nanos a clock that only goes on
    CallRate(int most, Duration window, LongSupplier nanos) {
        this.most = most;
        this.window = window.toNanos();
        this.nanos = nanos;
    }

    /// Counts a call.
    ///
    /// @return false where it is one too many: it does not count
    synchronized boolean tryCall(String caller) {
        var now = nanos.getAsLong();
        if (calls.size() >= MOST_CALLERS) {
            calls.values().removeIf(one -> one.isEmpty() || one.peekLast() <= now - window);
        }
        var made = calls.computeIfAbsent(caller, _ -> new ArrayDeque<>());
        while (!made.isEmpty() && made.peekFirst() <= now - window) {
            made.removeFirst();
        }
        if (made.size() >= most) {
            return false;
        }
        made.addLast(now);
        return true;
    }
}
