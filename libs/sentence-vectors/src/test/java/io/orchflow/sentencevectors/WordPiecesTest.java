package io.orchflow.sentencevectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordPiecesTest {

    private final WordPieces pieces =
            new WordPieces(Set.of("un", "##aff", "##able", "want", "##ed", "!", "cafe", "-", "a"));

    @Test
    void theLongestPieceComesFirst() {
        assertEquals(List.of("un", "##aff", "##able"), pieces.of("unaffable"));
        assertEquals(List.of("want", "##ed"), pieces.of("WANTED"));
    }

    @Test
    void punctuationStandsAlone() {
        assertEquals(List.of("a", "-", "a", "!"), pieces.of("a-a!"));
    }

    @Test
    void accentsAreTakenOff() {
        assertEquals(List.of("cafe"), pieces.of("Café"));
    }

    @Test
    void aWordThatCannotBePutTogetherIsLeftOut() {
        assertEquals(List.of("want"), pieces.of("wantx want"));
        assertEquals(List.of(), pieces.of("a".repeat(101)));
    }
}
