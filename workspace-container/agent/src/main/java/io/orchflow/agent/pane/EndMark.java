package io.orchflow.agent.pane;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// A secret written into a dead program's terminal, behind all it has put out: once it comes back
/// through tmux, nothing of the program's output is missing. (tmux 3.3a drops what it has not sent
/// yet when a terminal ends.) A terminal shows nothing of it: CAN ends whatever sequence was open,
/// and the rest is an OSC nobody knows.
final class EndMark {

    private final byte[] bytes =
            ("\030\033]7717;" + UUID.randomUUID() + "\007").getBytes(StandardCharsets.US_ASCII);
    // How many bytes of the mark were the last ones seen.
    private int matched;

    byte[] bytes() {
        return bytes.clone();
    }

    /// A chunk of output without the mark, with what was held back of earlier chunks.
    byte[] filter(byte[] chunk, int length) {
        byte[] out = new byte[length + matched];
        int size = 0;
        for (int i = 0; i < length; i++) {
            byte b = chunk[i];
            // The mark's first byte is nowhere else in it, so a mismatch can only begin anew at
            // that byte.
            if (b != bytes[matched] && matched > 0) {
                System.arraycopy(bytes, 0, out, size, matched);
                size += matched;
                matched = 0;
            }
            if (b == bytes[matched]) {
                matched++;
                if (matched == bytes.length) {
                    int rest = length - i - 1;
                    System.arraycopy(chunk, i + 1, out, size, rest);
                    return Arrays.copyOf(out, size + rest);
                }
            } else {
                out[size++] = b;
            }
        }
        return Arrays.copyOf(out, size);
    }

    /// True once the whole mark has come by; [#filter] must not be called again then.
    boolean seen() {
        return matched == bytes.length;
    }
}
