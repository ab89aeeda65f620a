package io.orchflow.gateway.route;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A service's answer to a WebSocket handshake (RFC 9112 head), and what followed it at once.
///
/// @param rest bytes that came behind the head: the first frames, or the start of a body
record HandshakeAnswer(int status, MultiMap headers, Buffer rest) {

    static final int LONGEST_HEAD = 32 * 1024;

    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    /// @return empty while the head is not complete
    /// @throws IllegalArgumentException for anything but the head of an HTTP/1 answer
    static Optional<HandshakeAnswer> read(Buffer received) {
        var end = indexOfEnd(received);
        if (end < 0) {
            if (received.length() > LONGEST_HEAD) {
                throw new IllegalArgumentException("The head of the answer does not end");
            }
            return Optional.empty();
        }
        var lines =
                received.getString(0, end, StandardCharsets.ISO_8859_1.name()).split("\r\n", -1);
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("Not a header: line " + i);
            }
            headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        var rest = received.getBuffer(end + END.length, received.length());
        return Optional.of(new HandshakeAnswer(status(lines[0]), headers, rest));
    }

    boolean upgraded() {
        return status == 101;
    }

    private static int status(String line) {
        var parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
            throw new IllegalArgumentException("Not a status line: " + line);
        }
        return Integer.parseInt(parts[1]);
    }

    private static int indexOfEnd(Buffer bytes) {
        for (int at = 0; at + END.length <= bytes.length(); at++) {
            if (bytes.getByte(at) == '\r'
                    && bytes.getByte(at + 1) == '\n'
                    && bytes.getByte(at + 2) == '\r'
                    && bytes.getByte(at + 3) == '\n') {
                return at;
            }
        }
        return -1;
    }
}
