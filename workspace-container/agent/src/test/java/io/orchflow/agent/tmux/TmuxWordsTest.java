package io.orchflow.agent.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TmuxWordsTest {

    @Test
    void plainWordsStayAsTheyAre() {
        assertEquals("send-keys", TmuxWords.word("send-keys"));
        assertEquals("=orchflow:=1a-2b", TmuxWords.word("=orchflow:=1a-2b"));
    }

    @Test
    void everythingElseIsQuotedByteByByte() {
        assertEquals("\"\"", TmuxWords.word(""));
        assertEquals("\"\\0451\"", TmuxWords.word("%1"));
        assertEquals("\"a b\\042\\044\\134\\043\\012\"", TmuxWords.word("a b\"$\\#\n"));
        assertEquals("\"\\303\\244\"", TmuxWords.word("ä"));
    }

    @Test
    void aNulIsNoArgument() {
        assertThrows(IllegalArgumentException.class, () -> TmuxWords.word("a\0b"));
    }
}
