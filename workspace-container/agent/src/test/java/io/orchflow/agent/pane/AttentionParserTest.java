package io.orchflow.agent.pane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionParserTest {

    private final List<String> asked = new ArrayList<>();
    private final AttentionParser parser = new AttentionParser(asked::add);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a^Gb | It rang the bell.",
                "$[31^G;1m | It rang the bell.",
                "$]9;May I?^G | May I?",
                "$]9;May I?$\\ | May I?",
                "$]9;10 files are left^G | 10 files are left",
                "$]777;notify;Claude;May I?^G | Claude: May I?",
                "$]99;;May I?$\\ | May I?",
                "$]99;i=1:d=0;Claude$\\$]99;i=1:p=body;May I?$\\ | Claude: May I?",
                "$]99;i=1:e=1;TWF5IEk/$\\ | May I?",
                "$]9;x$[31mred$\\^G | It rang the bell.",
            })
    void aProgramAsks(String written, String reason) {
        feed(written);

        assertEquals(List.of(reason), asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text, no more",
                "$]0;title^G",
                "$]9;4;1;50^G",
                "$]9;4^G",
                "$]9;2;a box of ConEmu$\\",
                "$]777;precmd^G",
                "$]99;i=1:p=close;$\\",
                "$]99;i=1:p=?;$\\",
                "$]99;i=1:d=0;not complete$\\",
                "$P1$r0m^G$\\",
                "$_a^G",
                "$]8;;http://x^Glink$]8;;^G",
                "$]9;given up\u0018",
                "$]52;c;YQ==^G"
            })
    void aProgramDoesNotAsk(String written) {
        feed(written);

        assertEquals(List.of(), asked);
    }

    @Test
    void aReasonIsOnePrintableLine() {
        feed("$]9;one\r\n\ttwo\u0085three\u202e" + "x".repeat(300) + "^G");
        feed("$]9;" + "x".repeat(198) + "\ud83d\ude00y^G");
        feed("$]9;\u0001\n^G");

        assertTrue(asked.get(0).startsWith("one two three x"), asked.get(0));
        assertEquals(200, asked.get(0).length());
        assertEquals("x".repeat(198) + "…", asked.get(1));
        assertEquals("It sent a notification.", asked.get(2));
        assertTrue(asked.stream().allMatch(a -> a.codePoints().noneMatch(Character::isISOControl)));
    }

    @Test
    void aStringWithoutEndKeepsNoMemory() {
        feed("$]9;" + "x".repeat(1 << 20));
        feed("^G");

        assertEquals(1, asked.size());
        assertEquals(200, asked.getFirst().length());
    }

    @Test
    void lostBytesEndASequence() {
        feed("$]0;title");
        parser.resync();
        feed("^G");

        assertEquals(List.of(AttentionParser.BELL), asked);
    }

    /// Whatever the bytes are, it does not matter where they are cut.
    @Test
    void cutsMakeNoDifference() {
        String[] parts = {
            "^G",
            "$",
            "]",
            "9;",
            "777;notify;",
            "99;i=1:d=0;",
            "$\\",
            "text é 漢",
            "[1m",
            "P",
            "\u0018",
            ";",
            "4"
        };
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = bytes(text.toString());
            List<String> whole = new ArrayList<>();
            new AttentionParser(whole::add).feed(bytes, bytes.length);
            List<String> cut = new ArrayList<>();
            var pieces = new AttentionParser(cut::add);
            for (int at = 0; at < bytes.length; ) {
                int next = Math.min(bytes.length, at + 1 + random.nextInt(4));
                pieces.feed(Arrays.copyOfRange(bytes, at, next), next - at);
                at = next;
            }
            assertEquals(whole, cut, "seed " + seed);
        }
    }

    private void feed(String written) {
        byte[] bytes = bytes(written);
        parser.feed(bytes, bytes.length);
    }

    /// `$` is ESC, `^G` is BEL.
    private static byte[] bytes(String written) {
        return written.replace("$r", "\0")
                .replace('$', '\033')
                .replace("\0", "$r")
                .replace("^G", "\007")
                .getBytes(UTF_8);
    }
}
