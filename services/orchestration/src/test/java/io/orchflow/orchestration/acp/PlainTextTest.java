package io.orchflow.orchestration.acp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    private static String plain(String text, int piece) {
        var bytes = text.getBytes(UTF_8);
        var plain = new PlainText();
        var out = new StringBuilder();
        for (int i = 0; i < bytes.length; i += piece) {
            out.append(
                    plain.take(
                            java.util.Arrays.copyOfRange(
                                    bytes, i, Math.min(bytes.length, i + piece))));
        }
        return out.toString();
    }

    private static void reads(String expected, String text) {
        for (int piece : new int[] {1, 2, 3, 7, 1000}) {
            assertEquals(expected, plain(text, piece), "in pieces of " + piece);
        }
    }

    @Test
    void endsOfLinesAreThoseOfFiles() {
        reads("one\ntwo\n", "one\r\ntwo\r\n");
    }

    @Test
    void coloursTitlesAndKeysAreNoText() {
        reads(
                "red plain\n",
                "\u001b[1;31mred\u001b[0m \u001b]0;title\u0007plain\u001b]8;;http://x\u001b\\\u001b(B\u001b=\r\n");
    }

    @Test
    void whatIsDrawnOverALineIsALineOfItsOwn() {
        reads("10%\n100%\nall\n", "10%\r100%\r\nall\n");
    }

    @Test
    void charactersMayComeInPieces() {
        reads("Grüße 🚀\n", "Grüße 🚀\r\n");
    }

    @Test
    void brokenCharactersAndBellsDoNotStopIt() {
        var plain = new PlainText();

        var text = plain.take(new byte[] {'a', (byte) 0xff, 7, 8, 'b', '\n'});

        assertEquals("a\ufffdb\n", text);
    }
}
