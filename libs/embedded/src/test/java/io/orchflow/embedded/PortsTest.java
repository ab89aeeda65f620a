package io.orchflow.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void noPortIsGivenTwice() {
        var given = new HashSet<Integer>();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(given.add(Ports.free()), () -> "twice among " + given.size());
        }
    }
}
