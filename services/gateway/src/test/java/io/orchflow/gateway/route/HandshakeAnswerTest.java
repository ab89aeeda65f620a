package io.orchflow.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeAnswerTest {

    private static final String HEAD =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept:  x=\r\n\r\n";

    @Test
    void isReadOnceItsHeadIsComplete() {
        for (int length = 0; length < HEAD.length(); length++) {
            var part = Buffer.buffer(HEAD.substring(0, length));
            assertTrue(HandshakeAnswer.read(part).isEmpty(), "after " + length + " bytes");
        }
        var answer = HandshakeAnswer.read(Buffer.buffer(HEAD + "\u0001frames")).orElseThrow();
        assertTrue(answer.upgraded());
        assertEquals("x=", answer.headers().get("sec-websocket-accept"));
        assertEquals("\u0001frames", answer.rest().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 1x1 No\r\n\r\n",
                "HTTP/1.1 101 Yes\r\nno header\r\n\r\n"
            })
    void otherBytesAreRefused(String bytes) {
        assertThrows(
                IllegalArgumentException.class, () -> HandshakeAnswer.read(Buffer.buffer(bytes)));
    }

    @Test
    void endlessHeadIsRefused() {
        var endless = Buffer.buffer("x".repeat(HandshakeAnswer.LONGEST_HEAD + 1));
        assertThrows(IllegalArgumentException.class, () -> HandshakeAnswer.read(endless));
    }
}
