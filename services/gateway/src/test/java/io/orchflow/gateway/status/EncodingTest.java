package io.orchflow.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd | true  | true",
                "GZIP                    | false | true",
                "br;q=1.0, gzip;q=0.5    | true  | true",
                "br;q=0, gzip            | false | true",
                "br; q=0.000, *          | false | true",
                "*;q=0                   | false | false",
                "identity                | false | false",
                "brotli                  | false | false",
            })
    void whatAClientTakes(String acceptEncoding, boolean brotli, boolean gzip) {
        assertEquals(brotli, Encoding.BROTLI.accepted(acceptEncoding));
        assertEquals(gzip, Encoding.GZIP.accepted(acceptEncoding));
    }

    @Test
    void whoSaysNothingGetsPlainBytes() {
        assertFalse(Encoding.BROTLI.accepted(null));
        assertFalse(Encoding.GZIP.accepted(null));
    }
}
