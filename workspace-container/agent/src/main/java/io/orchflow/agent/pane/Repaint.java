package io.orchflow.agent.pane;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Draws a [Capture] for a terminal that knows nothing: reset, scrollback, both screens, modes,
/// cursor, pen, and the beginning of a sequence or character that the next output byte goes on
/// with.
final class Repaint {

    private static final int ESC = 0x1b;

    private final Capture capture;
    private final TerminalModes modes;
    private final byte[] partialCharacter;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16384);

    /// @param modes what tmux does not tell, at the moment of the capture
    /// @param partialCharacter the first bytes of a UTF-8 character whose last are still to come
    Repaint(Capture capture, TerminalModes modes, byte[] partialCharacter) {
        this.capture = capture;
        this.modes = modes;
        this.partialCharacter = partialCharacter;
    }

    byte[] bytes() {
        // Captured rows use shift out and in for line drawing; rows wider than the screen must not
        // wrap.
        put("\033c\033)0\033[?7l");
        boolean alternate = capture.is("alternate_on");
        scroll(alternate ? capture.below() : capture.screen());
        if (alternate) {
            put(modes.penBelowSequence());
            moveTo(capture.number("alternate_saved_x"), capture.number("alternate_saved_y"));
            put("\033[?1049h\033[0m\033[2J");
            place(capture.screen());
        }
        put("\033[0m");
        tabs();
        region();
        cursor();
        flags();
        put(modes.modeSequence());
        put(modes.penSequence());
        out.writeBytes(capture.pending().toByteArray());
        if (capture.pending().isEmpty()) {
            out.writeBytes(partialCharacter);
        }
        return out.toByteArray();
    }

    // Scrollback and screen from the top, so that what is above the screen becomes the viewer's
    // scrollback.
    private void scroll(List<byte[]> screen) {
        Rows scrollback = new Rows();
        for (byte[] row : capture.scrollback()) {
            scrollback.draw(row);
            put("\r\n");
        }
        Rows rows = new Rows();
        int shown = Math.min(screen.size(), capture.number("pane_height"));
        for (int i = 0; i < screen.size(); i++) {
            if (i < screen.size() - shown) {
                rows.skip(screen.get(i));
            } else {
                rows.draw(screen.get(i));
                if (i < screen.size() - 1) {
                    put("\r\n");
                }
            }
        }
    }

    private void place(List<byte[]> screen) {
        Rows rows = new Rows();
        for (int i = 0; i < screen.size(); i++) {
            moveTo(0, i);
            rows.draw(screen.get(i));
        }
    }

    private void tabs() {
        StringBuilder usual = new StringBuilder();
        int width = capture.number("pane_width");
        for (int i = 8; i < width; i += 8) {
            usual.append(usual.isEmpty() ? "" : ",").append(i);
        }
        String stops = capture.values().getOrDefault("pane_tabs", "");
        if (stops.contentEquals(usual)) {
            return;
        }
        put("\033[3g");
        for (String stop : stops.split(",", -1)) {
            if (!stop.isEmpty()) {
                put("\033[1;" + (Integer.parseInt(stop) + 1) + "H\033H");
            }
        }
    }

    private void region() {
        int upper = capture.number("scroll_region_upper");
        int lower = capture.number("scroll_region_lower");
        if (upper > 0 || (lower >= 0 && lower < capture.number("pane_height") - 1)) {
            put("\033[" + (upper + 1) + ";" + (lower + 1) + "r");
        }
        if (capture.is("origin_flag")) {
            put("\033[?6h");
        }
    }

    private void cursor() {
        int column = capture.number("cursor_x");
        int row = capture.number("cursor_y");
        int top = capture.is("origin_flag") ? capture.number("scroll_region_upper") : 0;
        if (column < capture.number("pane_width") || row >= capture.screen().size()) {
            moveTo(column, row - top);
            put("\033[?7h");
            return;
        }
        // The cursor stands behind a full row, and the next character wraps: only drawing that row
        // leads there.
        moveTo(0, row - top);
        put("\033[?7h");
        Rows rows = new Rows();
        for (int i = 0; i < row; i++) {
            rows.skip(capture.screen().get(i));
        }
        rows.draw(capture.screen().get(row));
    }

    private void flags() {
        if (!capture.is("wrap_flag")) {
            put("\033[?7l");
        }
        option("insert_flag", "\033[4h");
        option("keypad_cursor_flag", "\033[?1h");
        option("keypad_flag", "\033=");
        option("mouse_standard_flag", "\033[?1000h");
        option("mouse_button_flag", "\033[?1002h");
        option("mouse_all_flag", "\033[?1003h");
        option("mouse_utf8_flag", "\033[?1005h");
        option("mouse_sgr_flag", "\033[?1006h");
        if (!capture.is("cursor_flag")) {
            put("\033[?25l");
        }
    }

    private void option(String flag, String sequence) {
        if (capture.is(flag)) {
            put(sequence);
        }
    }

    private void moveTo(int column, int row) {
        put("\033[" + (Math.max(row, 0) + 1) + ";" + (Math.max(column, 0) + 1) + "H");
    }

    private void put(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    // tmux carries the pen from one captured row to the next; here every row stands for itself.
    private final class Rows {

        private final Pen pen = new Pen();
        private boolean shiftedOut;

        void draw(byte[] row) {
            put(pen.sequence());
            if (shiftedOut) {
                out.write(0x0e);
            }
            out.writeBytes(row);
            skip(row);
            put("\017\033[0m");
        }

        void skip(byte[] row) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] == 0x0e || row[i] == 0x0f) {
                    shiftedOut = row[i] == 0x0e;
                } else if (row[i] == ESC && i + 1 < row.length && row[i + 1] == '[') {
                    int end = i + 2;
                    while (end < row.length && (row[end] < 0x40 || row[end] > 0x7e)) {
                        end++;
                    }
                    if (end < row.length && row[end] == 'm') {
                        pen.apply(new String(row, i + 2, end - i - 2, StandardCharsets.US_ASCII));
                    }
                    i = end;
                }
            }
        }
    }
}
