package io.orchflow.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aSessionThatNobodyUsesIsOver() {
        var session = Session.start("s", "a", START);

        assertThat(session.good(START.plus(Session.IDLE).minusSeconds(1))).isTrue();
        assertThat(session.good(START.plus(Session.IDLE))).isFalse();
    }

    @Test
    void useProlongsASessionUpToItsLongestLife() {
        var session = Session.start("s", "a", START);
        for (var day = 0; day < Session.LONGEST.toDays(); day += 10) {
            session = session.used(START.plus(Duration.ofDays(day)));
        }

        assertThat(session.expiresAt()).isEqualTo(START.plus(Session.LONGEST));
    }

    @Test
    void aSessionThatWasEndedIsNotGood() {
        var ended = new Session("s", "a", START, START, START.plus(Session.IDLE), true);

        assertThat(ended.good(START)).isFalse();
    }
}
