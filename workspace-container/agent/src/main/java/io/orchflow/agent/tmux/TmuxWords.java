package io.orchflow.agent.tmux;

import java.nio.charset.StandardCharsets;

/// Writes arguments so that tmux's command parser gives back exactly these bytes (tmux(1), PARSING
/// SYNTAX).
public final class TmuxWords {

    private static final String SAFE = "_-+=:,./@";

    private TmuxWords() {}

    /// One word; everything unusual is an octal escape in double quotes.
    ///
    /// @throws IllegalArgumentException for a NUL, which no argument can hold
    public static String word(String value) {
        if (!value.isEmpty() && value.chars().allMatch(TmuxWords::isSafe)) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length() + 16).append('"');
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c == 0) {
                throw new IllegalArgumentException("an argument holds a NUL character");
            }
            if (isSafe(c) || c == ' ') {
                out.append((char) c);
            } else {
                out.append('\\')
                        .append((char) ('0' + (c >> 6)))
                        .append((char) ('0' + (c >> 3 & 7)))
                        .append((char) ('0' + (c & 7)));
            }
        }
        return out.append('"').toString();
    }

    /// The words of one command, quoted and joined.
    public static String command(Iterable<String> words) {
        StringBuilder out = new StringBuilder();
        for (String word : words) {
            if (!out.isEmpty()) {
                out.append(' ');
            }
            out.append(word(word));
        }
        return out.toString();
    }

    private static boolean isSafe(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || SAFE.indexOf(c) >= 0;
    }
}
