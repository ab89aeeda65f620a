package io.orchflow.agent.pane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalModesTest {

    private final TerminalModes modes = new TerminalModes();

    @ParameterizedTest
    @CsvSource({
        "[1;31m, [0;1;31m",
        "[1;31m[22m, [0;31m",
        "[38;5;9;4m, [0;4;38;5;9m",
        "[38;2;1;2;3;48;5;7m, [0;38;2;1;2;3;48;5;7m",
        "[4:3;58:2::1:2:3m, [0;4:3;58:2::1:2:3m",
        "[38:2::1:2:3m[39m, [0m",
        "[7;9;53m[27;55m, [0;9m",
        "[97;101m, [0;97;101m",
        "[31m[m, [0m"
    })
    void thePenIsWhatTheSequencesMadeIt(String written, String pen) {
        feed(written.replace("[", "\033["));

        assertEquals("\033(B\033)B\017" + pen.replace("[", "\033["), modes.penSequence());
    }

    @Test
    void modesThatTmuxDoesNotTellAreFollowed() {
        feed("\033[?2004h\033[?1004;25h\033[3 q\033[20h\033[?1004l");

        assertEquals("\033[?2004h\033[20h\033[3 q", modes.modeSequence());
    }

    @Test
    void theNormalScreensPenComesBackWithIt() {
        feed("\033[32m\033[?1049h\033[0;41m");

        assertEquals("\033[0;32m", modes.penBelowSequence());
        feed("\033[?1049l");
        assertEquals("\033(B\033)B\017\033[0;32m", modes.penSequence());
    }

    @Test
    void stringsAndTheirContentsAreNoSequences() {
        feed("\033]0;[31m\007\033P1$r31m\033\\\033_x\033[31\033\\");

        assertEquals("\033(B\033)B\017\033[0m", modes.penSequence());
    }

    @Test
    void sequencesMayComeInPiecesAndASavedPenComesBack() {
        for (char c : "\033[35m\0337\033[0m\033(0\016\0338".toCharArray()) {
            feed(String.valueOf(c));
        }

        assertEquals("\033(0\033)B\016\033[0;35m", modes.penSequence());
    }

    @Test
    void aFullResetForgetsEverything() {
        feed("\033[?2004h\033[5 q\033[1m\033)0\016\033c");

        assertEquals("", modes.modeSequence());
        assertEquals("\033(B\033)B\017\033[0m", modes.penSequence());
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        modes.feed(bytes, 0, bytes.length);
    }
}
