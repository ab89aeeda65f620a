package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pausesDoubleUpToHalfAMinute() {
        var backoff = new Backoff();
        var pauses =
                IntStream.range(0, 9)
                        .mapToObj(_ -> backoff.after(Duration.ofSeconds(1)).toMillis())
                        .toList();
        assertEquals(
                java.util.List.of(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L),
                pauses);
    }

    @Test
    void aLongLifeForgives() {
        var backoff = new Backoff();
        backoff.after(Duration.ofSeconds(1));
        backoff.after(Duration.ofSeconds(59));
        assertEquals(Duration.ofMillis(500), backoff.after(Duration.ofSeconds(60)));
        assertEquals(Duration.ofSeconds(1), backoff.after(Duration.ofSeconds(1)));
    }
}
