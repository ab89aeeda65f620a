package io.orchflow.sentencevectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.sentencevectors.SoftmaxHead.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxHeadTest {

    private static final List<Example> EXAMPLES =
            List.of(
                    new Example(new float[] {1, 0}, "right"),
                    new Example(new float[] {0.9f, 0.1f}, "right"),
                    new Example(new float[] {-1, 0}, "left"),
                    new Example(new float[] {-0.8f, 0.2f}, "left"),
                    new Example(new float[] {0, 1}, "up"));

    @Test
    void itLearnsWhatItIsShown() {
        var head = SoftmaxHead.fit(EXAMPLES, 1e-4);
        assertTrue(head.classify(new float[] {0.7f, 0}).getOrDefault("right", 0.0) > 0.9);
        assertTrue(head.classify(new float[] {0, 0.9f}).getOrDefault("up", 0.0) > 0.8);
    }

    @Test
    void probabilitiesSumToOne() {
        var given = SoftmaxHead.fit(EXAMPLES, 1e-2).classify(new float[] {0.3f, 0.3f});
        assertEquals(1, given.values().stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
        assertEquals(List.of("left", "right", "up"), List.copyOf(given.keySet()));
    }

    @Test
    void aLargerPenaltyIsLessSure() {
        var point = new float[] {1, 0};
        double sure = SoftmaxHead.fit(EXAMPLES, 1e-4).classify(point).getOrDefault("right", 0.0);
        double unsure = SoftmaxHead.fit(EXAMPLES, 0.5).classify(point).getOrDefault("right", 0.0);
        assertTrue(sure > unsure, sure + " > " + unsure);
    }
}
