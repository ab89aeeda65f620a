package io.orchflow.local;

import java.time.Duration;

/// How long to wait before a part that ended is started again: doubles from half a second to 30 s,
/// and starts over once the part has lived for a minute.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration GOOD_LIFE = Duration.ofMinutes(1);
    private Duration next = FIRST;

    /// @param lived from its start to its end
    Duration after(Duration lived) {
        if (lived.compareTo(GOOD_LIFE) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        next = min(next.multipliedBy(2), LONGEST);
        return pause;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
