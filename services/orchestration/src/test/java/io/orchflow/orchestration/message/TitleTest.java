package io.orchflow.orchestration.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TitleTest {

    @Test
    void aShortTextIsItsOwnTitle() {
        assertEquals("Build me a shop", Title.of("  Build me\n\ta shop\u0000 "));
        assertEquals("x".repeat(120), Title.of("x".repeat(120)));
    }

    @Test
    void aLongOneIsCutAtAWord() {
        assertEquals("a".repeat(100) + "…", Title.of("a".repeat(100) + " " + "b".repeat(50)));
        assertEquals("a".repeat(119) + "…", Title.of("a".repeat(119) + " b"));
    }

    @Test
    void oneLongWordIsCutBetweenCharacters() {
        assertEquals("x".repeat(119) + "…", Title.of("x".repeat(300)));
        assertEquals("x".repeat(118) + "…", Title.of("x".repeat(118) + "\ud83d\ude00".repeat(9)));
    }
}
