package io.orchflow.agent.pane;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/// Finds what a program puts out to be noticed: BEL, and the notifications OSC 9 (iTerm2), OSC 777
/// (`notify`, urxvt) and OSC 99 (kitty, sw.kovidgoyal.net/kitty/desktop-notifications). Bytes may
/// be cut anywhere. Not safe for use by several threads.
final class AttentionParser {

    /// What the bell is told as; it has no words of its own.
    static final String BELL = "It rang the bell.";

    private static final int MAX_REASON = 200;
    private static final int MAX_STRING = 4096;

    private enum State {
        GROUND,
        ESCAPE,
        OSC,
        OSC_ESCAPE,
        OTHER_STRING,
        OTHER_ESCAPE
    }

    private final Consumer<String> asked;
    private State state = State.GROUND;
    private final ByteArrayOutputStream string = new ByteArrayOutputStream();
    private final StringBuilder unfinished = new StringBuilder();

    /// @param asked takes the reason: printable, 1 to 200 characters
    AttentionParser(Consumer<String> asked) {
        this.asked = asked;
    }

    /// Bytes were lost: whatever sequence was being read is over.
    void resync() {
        state = State.GROUND;
        unfinished.setLength(0);
    }

    void feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xff;
            if (b >= 0x20 && state == State.GROUND) {
                continue;
            }
            step(b);
        }
    }

    private void step(int b) {
        if (b == 0x18 || b == 0x1a) {
            state = State.GROUND;
            return;
        }
        switch (state) {
            case GROUND -> {
                if (b == 0x07) {
                    asked.accept(BELL);
                } else if (b == 0x1b) {
                    state = State.ESCAPE;
                }
            }
            case ESCAPE -> escape(b);
            case OSC -> {
                if (b == 0x07) {
                    state = State.GROUND;
                    operatingSystemCommand();
                } else if (b == 0x1b) {
                    state = State.OSC_ESCAPE;
                } else if (string.size() < MAX_STRING) {
                    string.write(b);
                }
            }
            case OSC_ESCAPE -> {
                if (b == '\\') {
                    state = State.GROUND;
                    operatingSystemCommand();
                } else {
                    escape(b);
                }
            }
            case OTHER_STRING -> {
                if (b == 0x1b) {
                    state = State.OTHER_ESCAPE;
                } else if (b == 0x07) {
                    state = State.GROUND;
                }
            }
            case OTHER_ESCAPE -> {
                state = State.GROUND;
                if (b != '\\') {
                    escape(b);
                }
            }
        }
    }

    private void escape(int b) {
        switch (b) {
            case ']' -> {
                string.reset();
                state = State.OSC;
            }
            case 'P', '_', '^', 'X', 'k' -> state = State.OTHER_STRING;
            case 0x1b -> state = State.ESCAPE;
            case 0x07 -> {
                state = State.ESCAPE;
                asked.accept(BELL);
            }
            default -> state = State.GROUND;
        }
    }

    private void operatingSystemCommand() {
        String text = string.toString(StandardCharsets.UTF_8);
        int end = text.indexOf(';');
        if (end < 0) {
            return;
        }
        String rest = text.substring(end + 1);
        switch (text.substring(0, end)) {
            case "9" -> iterm(rest);
            case "777" -> urxvt(rest);
            case "99" -> kitty(rest);
            default -> {}
        }
    }

    // OSC 9 is a notification, unless it begins with the number of one of ConEmu's commands, of
    // which 4 is a progress bar.
    private void iterm(String text) {
        if (!text.matches("\\d{1,2}(;.*)?")) {
            tell(text);
        }
    }

    private void urxvt(String text) {
        if (text.startsWith("notify;")) {
            tell(text.substring(7).replaceFirst(";", ": "));
        }
    }

    private void kitty(String text) {
        int end = text.indexOf(';');
        if (end < 0) {
            return;
        }
        String metadata = ":" + text.substring(0, end) + ":";
        if (metadata.contains(":p=") && !metadata.matches(".*:p=(title|body):.*")) {
            return;
        }
        String payload = text.substring(end + 1);
        String words = metadata.contains(":e=1:") ? decoded(payload) : payload;
        if (!words.isBlank() && unfinished.length() < MAX_STRING) {
            unfinished.append(metadata.contains(":p=body:") && !unfinished.isEmpty() ? ": " : "");
            unfinished.append(words);
        }
        if (!metadata.contains(":d=0:")) {
            String all = unfinished.toString();
            unfinished.setLength(0);
            tell(all);
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private void tell(String text) {
        String reason = printable(text);
        asked.accept(reason.isEmpty() ? "It sent a notification." : reason);
    }

    /// One line without control, format and unassigned characters, at most 200 characters.
    static String printable(String text) {
        String line = text.replaceAll("[\\p{C}\\p{Z}\\s\\uFFFD]+", " ").strip();
        if (line.length() <= MAX_REASON) {
            return line;
        }
        int end = MAX_REASON - 1;
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + "…";
    }
}
