package io.orchflow.terminal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Lines that somebody pastes into a pane, and what says that all of them came.
final class Paste {

    /// Says "ready", takes the paste, tells its digest.
    static final String COMMAND = "stty -echo; echo ready; cat > paste.$$; sha256sum < paste.$$";

    private static final int PART = 32 << 10;
    private static final String LINE = "0123456789".repeat(7).substring(7) + "\n";

    private final byte[] bytes;

    Paste(int size) {
        bytes = LINE.repeat(size / LINE.length()).getBytes(StandardCharsets.US_ASCII);
    }

    /// As a browser sends them, and then the end of the file.
    List<byte[]> parts() {
        var parts = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; at += PART) {
            parts.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PART)));
        }
        parts.add(new byte[] {4});
        return parts;
    }

    String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
