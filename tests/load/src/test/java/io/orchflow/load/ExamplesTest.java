package io.orchflow.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void theMedianIsTheOneInTheMiddle() {
        assertEquals(2, Examples.median(new long[] {9, 1, 2}));
        assertEquals(3, Examples.median(new long[] {9, 1, 2, 4}));
    }

    @Test
    void secondsHaveOneDecimal() {
        assertEquals(12.3, Examples.seconds(12_345_678_901L));
        assertEquals(0.1, Examples.seconds(50_000_000L));
    }
}
