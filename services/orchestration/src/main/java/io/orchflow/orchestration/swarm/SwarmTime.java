package io.orchflow.orchestration.swarm;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a swarm began and ended, and how long it ran.
///
/// @param ran time spent RUNNING before the present stretch
public record SwarmTime(@Nullable Instant startedAt, @Nullable Instant endedAt, Duration ran) {

    static final SwarmTime NONE = new SwarmTime(null, null, Duration.ZERO);

    /// Time spent RUNNING, pauses left out.
    Duration elapsed(SwarmState state, Instant now) {
        return state instanceof SwarmState.Running running
                ? ran.plus(positive(Duration.between(running.since(), now)))
                : ran;
    }

    SwarmTime started(Instant now) {
        return new SwarmTime(now, null, ran);
    }

    /// The stretch in this state is over.
    SwarmTime stopped(SwarmState state, Instant now) {
        return new SwarmTime(startedAt, endedAt, elapsed(state, now));
    }

    SwarmTime ended(@Nullable Instant end) {
        return new SwarmTime(startedAt, end, ran);
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
