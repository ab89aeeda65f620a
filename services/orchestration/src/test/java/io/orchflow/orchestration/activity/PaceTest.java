package io.orchflow.orchestration.activity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Pace<String> pace = new Pace<>(Duration.ofSeconds(2), nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void theFirstGoesAtOnceAndTheNewestOfAWhileAfterIt() {
        assertEquals(0, pace.offer("a", "one"));
        assertEquals("one", pace.take("a"));
        pass(500);
        assertEquals(1_501, pace.offer("a", "two"));
        assertEquals(-1, pace.offer("a", "three"));
        pass(1_501);
        assertEquals("three", pace.take("a"));
        assertNull(pace.take("a"));
    }

    @Test
    void nobodyWaitsForAnother() {
        assertEquals(0, pace.offer("a", "one"));
        assertEquals("one", pace.take("a"));
        assertEquals(0, pace.offer("b", "two"));
    }

    @Test
    void whoHasBeenSilentGoesAtOnce() {
        assertEquals(0, pace.offer("a", "one"));
        assertEquals("one", pace.take("a"));
        pass(2_000);
        assertEquals(0, pace.offer("a", "two"));
    }

    @Test
    void anActivityIsOnePrintableLine() {
        var at = Instant.EPOCH;
        assertEquals("a b", new Activity("command", "a\u001b\n\t b\u202e", at).text().strip());
        var cut = new Activity("command", "x".repeat(298) + "😀😀", at).text();
        assertEquals("x".repeat(298) + "…", cut);
        assertThrows(IllegalArgumentException.class, () -> new Activity("Not a word", "x", at));
    }
}
