package io.orchflow.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInLimitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void fourFailuresCostNothing() {
        assertThat(after(4).wait(NOW)).isZero();
    }

    @Test
    void theFifthClosesTheDoorAndEachFurtherOneTwiceAsLong() {
        assertThat(after(5).wait(NOW)).isEqualTo(Duration.ofSeconds(15));
        assertThat(after(6).wait(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(after(7).wait(NOW)).isEqualTo(Duration.ofSeconds(60));
        assertThat(after(5000).wait(NOW)).isEqualTo(SignInLimit.LONGEST_BLOCK);
    }

    @Test
    void theDoorOpensAgain() {
        assertThat(after(5).wait(NOW.plusSeconds(14))).isPositive();
        assertThat(after(5).wait(NOW.plusSeconds(15))).isZero();
    }

    @Test
    void aDayForgives() {
        var next = NOW.plus(SignInLimit.FORGIVEN_AFTER).plusSeconds(1);

        assertThat(after(9).failed(next).failures()).isEqualTo(1);
    }

    private static SignInLimit after(int failures) {
        var limit = SignInLimit.NONE;
        for (var i = 0; i < failures; i++) {
            limit = limit.failed(NOW);
        }
        return limit;
    }
}
