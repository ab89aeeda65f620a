package io.orchflow.orchestration.activity;

import java.time.Instant;
import java.util.regex.Pattern;

/// One thing that an agent's program did, in a line.
///
/// @param kind as the program's own events are read, e.g. `command`, `file` or `message`
/// @param text printable, at most 300 characters
/// @param at when it came here
public record Activity(String kind, String text, Instant at) {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,19}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");
    private static final int LONGEST = 300;

    /// @throws IllegalArgumentException the kind is none; the message says so, for people
    public Activity {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "a kind of activity is a word, not " + shortened(kind, 40));
        }
        text = shortened(UNPRINTABLE.matcher(text).replaceAll(" ").strip(), LONGEST);
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
