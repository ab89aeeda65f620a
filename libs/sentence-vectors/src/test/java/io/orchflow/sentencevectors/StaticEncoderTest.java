package io.orchflow.sentencevectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StaticEncoderTest {

    /// Changes only when Distillation was run anew; the accuracy figures belong to this file.
    private static final String DIGEST =
            "746916062a40df18b54b443b7d913ee57bd3d9cdcd1c4d1836e8ccfa382bbcbd";

    private final StaticEncoder encoder = StaticEncoder.load();

    private static byte[] resource() throws IOException {
        try (var stream = StaticEncoder.class.getResourceAsStream(StaticEncoder.RESOURCE)) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }

    private double likeness(String a, String b) {
        return Vectors.cosine(encoder.encode(a), encoder.encode(b));
    }

    @Test
    void theVectorsAreThoseThatWereDistilled() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(resource());
        assertEquals(DIGEST, HexFormat.of().formatHex(digest));
    }

    @Test
    void vectorsHaveLengthOne() {
        var vector = encoder.encode("Build me a REST API with auth");
        assertEquals(encoder.dimensions(), vector.length);
        assertEquals(1, Vectors.dot(vector, vector), 1e-5);
    }

    @Test
    void likeMeaningLiesCloserThanLikeWords() {
        assertTrue(
                likeness("build a web site", "create a homepage")
                        > likeness("build a web site", "build a stone wall"));
        assertTrue(
                likeness("list my books", "show the novels I own")
                        > likeness("list my books", "cancel my flight"));
    }

    @Test
    void theOrderOfWordsAndTheirCaseDoNotMatter() {
        assertEquals(1, likeness("REST api Café", "cafe API rest"), 1e-6);
    }

    @Test
    void aTextWithoutAnyKnownPieceIsZero() {
        assertArrayEquals(new float[encoder.dimensions()], encoder.encode(" \n\u4f60 "));
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        var whole = resource();
        var cut = Arrays.copyOf(whole, whole.length - 1);
        assertThrows(IOException.class, () -> StaticEncoder.read(new ByteArrayInputStream(cut)));
        whole[4] = 9;
        assertThrows(IOException.class, () -> StaticEncoder.read(new ByteArrayInputStream(whole)));
    }
}
