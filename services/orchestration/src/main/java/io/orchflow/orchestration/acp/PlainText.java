package io.orchflow.orchestration.acp;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// What a command puts out on a terminal, as text for a program that reads it: without control
/// sequences (ECMA-48) and with plain ends of lines. Takes the bytes in any pieces.
final class PlainText {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';

    private enum State {
        TEXT,
        ESCAPED,
        CONTROL,
        STRING,
        STRING_ESCAPED
    }

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private State state = State.TEXT;
    private boolean returned;
    private ByteBuffer left = ByteBuffer.allocate(0);

    String take(byte[] bytes) {
        var in = ByteBuffer.allocate(left.remaining() + bytes.length).put(left).put(bytes).flip();
        var out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        left = in.slice();
        var text = new StringBuilder();
        out.flip().chars().forEach(c -> one((char) c, text));
        return text.toString();
    }

    private void one(char c, StringBuilder text) {
        switch (state) {
            case TEXT -> plain(c, text);
            case ESCAPED -> state = escaped(c);
            case CONTROL -> state = c >= '@' && c <= '~' ? State.TEXT : State.CONTROL;
            case STRING -> {
                if (c == BELL) {
                    state = State.TEXT;
                } else if (c == ESCAPE) {
                    state = State.STRING_ESCAPED;
                }
            }
            case STRING_ESCAPED -> state = c == '\\' ? State.TEXT : State.STRING;
        }
    }

    private static State escaped(char c) {
        return switch (c) {
            case '[' -> State.CONTROL;
            case ']', 'P', 'X', '^', '_' -> State.STRING;
            case '(', ')', '*', '+', '#', '%', ' ' -> State.ESCAPED; // one more follows
            default -> State.TEXT;
        };
    }

    private void plain(char c, StringBuilder text) {
        if (c == '\r') {
            returned = true;
            return;
        }
        if (returned && c != '\n') {
            text.append('\n'); // What follows would be written over the line.
        }
        returned = false;
        if (c == ESCAPE) {
            state = State.ESCAPED;
        } else if (c == '\n' || c == '\t' || (c >= ' ' && c != '\u007f')) {
            text.append(c);
        }
    }
}
