package io.orchflow.agent.pane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputRingTest {

    @Test
    void itGivesBackWhatWasWrittenAndKeepsItsCapacity() {
        Random random = new Random(5);
        byte[] all = new byte[5 << 20];
        random.nextBytes(all);
        long first = 1000;
        OutputRing ring = new OutputRing(first);
        int written = 0;
        while (written < all.length) {
            int part = Math.min(all.length - written, random.nextInt(40_000));
            ring.append(all, written, part);
            written += part;
            assertEquals(first + written, ring.end());
            int kept = (int) (ring.end() - ring.start());
            assertTrue(kept >= Math.min(written, OutputRing.CAPACITY), "kept " + kept);
            assertTrue(kept <= OutputRing.CAPACITY + (1 << 15), "kept " + kept);

            int from = written - random.nextInt(kept + 1);
            byte[] read = ring.read(first + from, 50_000);
            int to = Math.min(written, from + 50_000);
            assertArrayEquals(Arrays.copyOfRange(all, from, to), read);
        }
    }

    @Test
    void whatItDoesNotHoldIsRefused() {
        OutputRing ring = new OutputRing(10);
        ring.append(new byte[5], 0, 5);

        assertTrue(ring.holds(10));
        assertTrue(ring.holds(15));
        assertFalse(ring.holds(9));
        assertFalse(ring.holds(16));
        assertThrows(IllegalArgumentException.class, () -> ring.read(16, 1));
    }

    @Test
    void afterAResetTheNumbersGoOnElsewhere() {
        OutputRing ring = new OutputRing(0);
        ring.append(new byte[70_000], 0, 70_000);

        ring.reset(1 << 26);
        ring.append(new byte[] {42}, 0, 1);

        assertFalse(ring.holds(70_000));
        assertArrayEquals(new byte[] {42}, ring.read(1 << 26, 10));
    }
}
