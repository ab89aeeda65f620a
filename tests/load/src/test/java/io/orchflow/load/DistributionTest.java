package io.orchflow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private final Distribution oneToHundred =
            new Distribution(
                    LongStream.rangeClosed(1, 100).map(n -> (101 - n) * 1_000_000).toArray());

    @Test
    void percentilesAreNearestRanks() {
        assertThat(oneToHundred.millis(50)).isEqualTo(50);
        assertThat(oneToHundred.millis(95)).isEqualTo(95);
        assertThat(oneToHundred.millis(99)).isEqualTo(99);
        assertThat(oneToHundred.millis(100)).isEqualTo(100);
        assertThat(new Distribution(new long[] {3_000_000}).millis(99)).isEqualTo(3);
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatThrownBy(() -> new Distribution(new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
