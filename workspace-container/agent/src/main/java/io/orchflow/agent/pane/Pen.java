package io.orchflow.agent.pane;

import java.util.Arrays;

/// The attributes that a terminal writes with: the state that SGR sequences (ECMA-48 8.3.117, with
/// the colour and underline forms of xterm) change. Not safe for use by several threads.
final class Pen {

    // Attributes switched on by 1..9 and 53, in this order; underline (4) is kept apart, for its
    // styles.
    private static final int[] ON = {1, 2, 3, 5, 7, 8, 9, 53};

    private int attributes;
    private String underline = "";
    private String foreground = "";
    private String background = "";
    private String underlineColour = "";

    Pen() {}

    Pen(Pen other) {
        attributes = other.attributes;
        underline = other.underline;
        foreground = other.foreground;
        background = other.background;
        underlineColour = other.underlineColour;
    }

    void reset() {
        attributes = 0;
        underline = "";
        foreground = "";
        background = "";
        underlineColour = "";
    }

    /// Applies the parameters of one SGR sequence, such as `1;38;5;9` or `4:3`.
    void apply(String parameters) {
        String[] parts = parameters.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            int colon = part.indexOf(':');
            int code = number(colon < 0 ? part : part.substring(0, colon));
            if (code == 38 || code == 48 || code == 58) {
                int last = colon < 0 ? endOfColour(parts, i) : i;
                colour(code, String.join(";", Arrays.copyOfRange(parts, i, last + 1)));
                i = last;
            } else if (code == 4) {
                underline = part.equals("4:0") ? "" : part;
            } else {
                simple(code, part);
            }
        }
    }

    /// The sequence that makes a pen just like this one, whatever was set before.
    String sequence() {
        StringBuilder out = new StringBuilder("\033[0");
        for (int i = 0; i < ON.length; i++) {
            if ((attributes & 1 << i) != 0) {
                out.append(';').append(ON[i]);
            }
        }
        for (String part : new String[] {underline, foreground, background, underlineColour}) {
            if (!part.isEmpty()) {
                out.append(';').append(part);
            }
        }
        return out.append('m').toString();
    }

    private void simple(int code, String part) {
        switch (code) {
            case 0 -> reset();
            case 1, 2, 3, 5, 7, 8, 9, 53 -> attributes |= 1 << Arrays.binarySearch(ON, code);
            case 6 -> attributes |= 1 << Arrays.binarySearch(ON, 5);
            case 21 -> underline = part;
            case 22 -> attributes &= ~3;
            case 24 -> underline = "";
            case 23, 25, 27, 28, 29 -> attributes &= ~(1 << Arrays.binarySearch(ON, code - 20));
            case 55 -> attributes &= ~(1 << Arrays.binarySearch(ON, 53));
            case 39 -> foreground = "";
            case 49 -> background = "";
            case 59 -> underlineColour = "";
            default -> {
                if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
                    foreground = part;
                } else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
                    background = part;
                }
            }
        }
    }

    private void colour(int code, String value) {
        switch (code) {
            case 38 -> foreground = value;
            case 48 -> background = value;
            default -> underlineColour = value;
        }
    }

    private static int endOfColour(String[] parts, int at) {
        int kind = at + 1 < parts.length ? number(parts[at + 1]) : -1;
        int length = kind == 5 ? 2 : kind == 2 ? 4 : 1;
        return Math.min(at + length, parts.length - 1);
    }

    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < text.length() && value < 100_000; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
