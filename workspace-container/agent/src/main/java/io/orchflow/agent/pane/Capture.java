package io.orchflow.agent.pane;

import com.google.protobuf.ByteString;
import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What tmux shows of a pane at one moment: screen, scrollback, the screen below, cursor and modes.
///
/// @param values the formats asked for, by name
/// @param pending the beginning of an escape sequence that is not complete yet
record Capture(
        Map<String, String> values,
        List<byte[]> screen,
        List<byte[]> scrollback,
        List<byte[]> below,
        ByteString pending) {

    private static final int SCROLLBACK_LINES = 500;
    private static final List<String> FORMATS =
            List.of(
                    "pane_width",
                    "pane_height",
                    "history_size",
                    "alternate_on",
                    "alternate_saved_x",
                    "alternate_saved_y",
                    "cursor_x",
                    "cursor_y",
                    "cursor_flag",
                    "insert_flag",
                    "keypad_cursor_flag",
                    "keypad_flag",
                    "origin_flag",
                    "wrap_flag",
                    "scroll_region_upper",
                    "scroll_region_lower",
                    "mouse_standard_flag",
                    "mouse_button_flag",
                    "mouse_all_flag",
                    "mouse_utf8_flag",
                    "mouse_sgr_flag",
                    "pane_tabs");

    /// The commands whose replies [#of] takes. They run with nothing in between, so they tell of
    /// one moment: the place of their replies in the control stream.
    static Batch commands(int pane) {
        String target = "%" + pane;
        return new Batch()
                .add("display-message", "-p", "-t", target, format())
                .addOpaque("capture-pane", "-p", "-e", "-N", "-t", target)
                .addOpaque(
                        "capture-pane",
                        "-p",
                        "-e",
                        "-N",
                        "-S",
                        "-" + SCROLLBACK_LINES,
                        "-E",
                        "-1",
                        "-t",
                        target)
                .addOpaque("capture-pane", "-p", "-e", "-N", "-a", "-q", "-t", target)
                .addOpaque("capture-pane", "-p", "-C", "-P", "-t", target);
    }

    static Capture of(List<Reply> replies) {
        Map<String, String> values = new TreeMap<>();
        String[] parts = replies.get(0).first().split("\\|", -1);
        for (int i = 0; i < FORMATS.size(); i++) {
            values.put(FORMATS.get(i), i < parts.length ? parts[i] : "");
        }
        boolean scrolled = !"0".equals(values.get("history_size"));
        boolean alternate = "1".equals(values.get("alternate_on"));
        return new Capture(
                values,
                replies.get(1).lines(),
                scrolled ? replies.get(2).lines() : List.of(),
                alternate ? replies.get(3).lines() : List.of(),
                unescape(replies.get(4).lines()));
    }

    boolean is(String flag) {
        return "1".equals(values.get(flag));
    }

    /// A number; -1 where tmux has none to give.
    int number(String name) {
        String text = values.getOrDefault(name, "");
        long value = text.isEmpty() ? -1 : Long.parseLong(text);
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    private static String format() {
        return String.join("|", FORMATS.stream().map(name -> "#{" + name + "}").toList());
    }

    private static ByteString unescape(List<byte[]> lines) {
        if (lines.isEmpty()) {
            return ByteString.EMPTY;
        }
        byte[] line = lines.getFirst();
        byte[] out = new byte[line.length];
        int length = 0;
        for (int i = 0; i < line.length; i++) {
            byte b = line[i];
            if (b == '\\' && i + 1 < line.length && line[i + 1] == '\\') {
                i++;
            } else if (b == '\\' && i + 3 < line.length) {
                b =
                        (byte)
                                ((line[i + 1] - '0') << 6
                                        | (line[i + 2] - '0') << 3
                                        | (line[i + 3] - '0'));
                i += 3;
            }
            out[length++] = b;
        }
        return ByteString.copyFrom(out, 0, length);
    }
}
