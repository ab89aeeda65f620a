package io.orchflow.auth.signin;

import java.time.Duration;
import java.time.Instant;

/// How many sign-ins may fail, by account and address: after five, each further one closes the
/// door for twice as long. A day without failures, or a success, forgives all.
///
/// @param failures so far
public record SignInLimit(int failures, Instant lastFailure, Instant blockedUntil) {

    static final int FREE = 5;
    static final Duration FIRST_BLOCK = Duration.ofSeconds(15);
    static final Duration LONGEST_BLOCK = Duration.ofMinutes(15);
    static final Duration FORGIVEN_AFTER = Duration.ofHours(24);

    static final SignInLimit NONE = new SignInLimit(0, Instant.EPOCH, Instant.EPOCH);

    /// How long to wait; zero where one may try.
    Duration wait(Instant now) {
        return now.isBefore(blockedUntil) ? Duration.between(now, blockedUntil) : Duration.ZERO;
    }

    SignInLimit failed(Instant now) {
        var count = lastFailure.plus(FORGIVEN_AFTER).isBefore(now) ? 1 : failures + 1;
        return new SignInLimit(count, now, now.plus(block(count)));
    }

    private static Duration block(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        var doublings = Math.min(failures - FREE, 10);
        var block = FIRST_BLOCK.multipliedBy(1L << doublings);
        return block.compareTo(LONGEST_BLOCK) < 0 ? block : LONGEST_BLOCK;
    }
}
