package io.orchflow.agent.pane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndMarkTest {

    private static final String SECRET = "0b1f";
    private static final String MARK = "\030\033]7717;" + SECRET + ";3\007";

    @Test
    void theMarkIsTakenOutWhereverItIsCutAndHoweverOftenItComes() {
        Random random = new Random(3);
        byte[] whole = bytes("before\030\033[0m" + MARK + "after" + MARK + "\030");
        byte[] expected = bytes("before\030\033[0mafter");
        for (int round = 0; round < 500; round++) {
            EndMark mark = new EndMark(SECRET);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int at = 0;
            while (at < whole.length) {
                int part = Math.min(whole.length - at, 1 + random.nextInt(12));
                byte[] chunk = Arrays.copyOfRange(whole, at, at + part);
                out.writeBytes(mark.concerns(chunk, part) ? mark.filter(chunk, part) : chunk);
                at += part;
            }
            assertArrayEquals(expected, out.toByteArray());
            assertEquals(3, mark.exitCode());
        }
    }

    @Test
    void anotherSecretIsOutput() {
        EndMark mark = new EndMark("other");
        byte[] chunk = bytes(MARK);

        assertArrayEquals(chunk, mark.filter(chunk, chunk.length));
        assertNull(mark.exitCode());
    }

    @Test
    void anExitCodeThatIsNoNumberIsOutput() {
        EndMark mark = new EndMark(SECRET);
        byte[] chunk = bytes("\030\033]7717;" + SECRET + ";x\007");

        assertArrayEquals(chunk, mark.filter(chunk, chunk.length));
        assertNull(mark.exitCode());
    }

    @Test
    void whatMayBeAMarkWaitsForItsRest() {
        EndMark mark = new EndMark(SECRET);
        byte[] first = bytes("x\030\033]77");

        assertArrayEquals(bytes("x"), mark.filter(first, first.length));
        byte[] second = bytes("18;no\007");
        assertArrayEquals(bytes("\030\033]7718;no\007"), mark.filter(second, second.length));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
