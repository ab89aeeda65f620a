package io.orchflow.agent.pane;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Takes the mark out of a pane's output that its leader writes behind the last byte of the
/// program: a secret and the exit code. Once it has come through tmux, nothing of the program's
/// output is missing. (tmux 3.3a drops what it has not sent yet when a terminal ends.)
///
/// A terminal shows nothing of it: CAN ends whatever sequence was open, the rest is an OSC nobody
/// knows. Not safe for use by several threads.
final class EndMark {

    private static final byte CAN = 0x18;
    private static final byte BELL = 0x07;
    private static final int MAX_DIGITS = 5;

    private final byte[] prefix;
    // The bytes of a mark that has begun: a part of the prefix, or all of it and some digits.
    private byte[] held = new byte[0];
    private @Nullable Integer exitCode;

    EndMark(String secret) {
        prefix = ("\030\033]7717;" + secret + ";").getBytes(StandardCharsets.US_ASCII);
    }

    /// The code of the first mark that came by; null before that.
    @Nullable Integer exitCode() {
        return exitCode;
    }

    /// False where [#filter] would change nothing.
    boolean concerns(byte[] chunk, int length) {
        return held.length > 0 || indexOf(chunk, 0, length) >= 0;
    }

    /// A chunk of output without marks. What may be the beginning of one is held back until the
    /// next chunk.
    byte[] filter(byte[] chunk, int length) {
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(chunk, 0, all, held.length, length);
        held = new byte[0];
        byte[] out = new byte[all.length];
        int size = 0;
        int from = 0;
        int at;
        while ((at = indexOf(all, from, all.length)) >= 0) {
            System.arraycopy(all, from, out, size, at - from);
            size += at - from;
            int end = endOfMark(all, at);
            if (end < 0) {
                held = Arrays.copyOfRange(all, at, all.length);
                return Arrays.copyOf(out, size);
            }
            if (end == at) {
                out[size++] = all[at];
                end = at + 1;
            }
            from = end;
        }
        System.arraycopy(all, from, out, size, all.length - from);
        return Arrays.copyOf(out, size + all.length - from);
    }

    // Behind the mark that begins at `at`; `at` itself if it is none; -1 if that is not known yet.
    private int endOfMark(byte[] bytes, int at) {
        int there = Math.min(prefix.length, bytes.length - at);
        if (!Arrays.equals(bytes, at, at + there, prefix, 0, there)) {
            return at;
        }
        int i = at + prefix.length;
        int code = 0;
        while (i < bytes.length) {
            byte b = bytes[i++];
            if (b == BELL) {
                exitCode = exitCode == null ? Integer.valueOf(code) : exitCode;
                return i;
            }
            if (b < '0' || b > '9' || i - at - prefix.length > MAX_DIGITS) {
                return at;
            }
            code = code * 10 + (b - '0');
        }
        return -1;
    }

    private static int indexOf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == CAN) {
                return i;
            }
        }
        return -1;
    }
}
