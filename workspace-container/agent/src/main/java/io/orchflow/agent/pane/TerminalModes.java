package io.orchflow.agent.pane;

import java.util.TreeSet;

/// Follows what tmux does not tell about a terminal: pen, character sets, bracketed paste, focus
/// reports, cursor style. A small parser after the state diagram of DEC terminals
/// (vt100.net/emu/dec_ansi_parser): it reads every byte of output once and draws nothing. Not safe
/// for use by several threads.
final class TerminalModes {

    private enum State {
        GROUND,
        ESCAPE,
        DESIGNATE,
        ESCAPE_OTHER,
        CSI,
        STRING,
        STRING_ESCAPE
    }

    // DEC private modes that tmux has no format for: X10 mouse, reverse wrap, focus, urxvt and
    // pixel mouse, paste.
    private static final TreeSet<Integer> FOLLOWED =
            new TreeSet<>(java.util.List.of(9, 45, 1004, 1015, 1016, 2004));
    private static final int MAX_PARAMETERS = 256;

    private State state = State.GROUND;
    private final StringBuilder parameters = new StringBuilder();
    private int designated;

    private final TreeSet<Integer> privateModes = new TreeSet<>();
    private boolean newLineMode;
    private int cursorStyle;
    private final char[] sets = {'B', 'B'};
    private boolean shiftedOut;
    private Pen pen = new Pen();
    private Pen savedPen = new Pen();
    private Pen penBelow = new Pen();

    TerminalModes() {}

    /// A copy at this moment.
    TerminalModes(TerminalModes other) {
        privateModes.addAll(other.privateModes);
        newLineMode = other.newLineMode;
        cursorStyle = other.cursorStyle;
        sets[0] = other.sets[0];
        sets[1] = other.sets[1];
        shiftedOut = other.shiftedOut;
        pen = new Pen(other.pen);
        savedPen = new Pen(other.savedPen);
        penBelow = new Pen(other.penBelow);
    }

    /// Bytes were lost: whatever sequence was being read is over.
    void resync() {
        state = State.GROUND;
    }

    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (state == State.GROUND && (b >= 0x20 || b < 0)) {
                continue;
            }
            step(b & 0xff);
        }
    }

    /// What puts a terminal that was just reset into these modes, the pen and the character sets
    /// left out.
    String modeSequence() {
        StringBuilder out = new StringBuilder();
        privateModes.forEach(mode -> out.append("\033[?").append(mode).append('h'));
        if (newLineMode) {
            out.append("\033[20h");
        }
        if (cursorStyle != 0) {
            out.append("\033[").append(cursorStyle).append(" q");
        }
        return out.toString();
    }

    /// What sets the character sets and the pen; nothing must be drawn behind it.
    String penSequence() {
        return "\033("
                + sets[0]
                + "\033)"
                + sets[1]
                + (shiftedOut ? "\016" : "\017")
                + pen.sequence();
    }

    /// The pen that comes back with the normal screen.
    String penBelowSequence() {
        return penBelow.sequence();
    }

    private void step(int b) {
        if (b == 0x1b) {
            state = state == State.STRING ? State.STRING_ESCAPE : State.ESCAPE;
            parameters.setLength(0);
            return;
        }
        if (b == 0x18 || b == 0x1a) {
            state = State.GROUND;
            return;
        }
        switch (state) {
            case GROUND -> control(b);
            case ESCAPE -> escape(b);
            case DESIGNATE -> {
                sets[designated] = (char) b;
                state = State.GROUND;
            }
            case ESCAPE_OTHER -> state = b >= 0x30 ? State.GROUND : State.ESCAPE_OTHER;
            case CSI -> csi(b);
            case STRING -> state = b == 0x07 ? State.GROUND : State.STRING;
            case STRING_ESCAPE -> {
                state = State.ESCAPE;
                if (b == '\\') {
                    state = State.GROUND;
                } else {
                    escape(b);
                }
            }
        }
    }

    private void control(int b) {
        if (b == 0x0e || b == 0x0f) {
            shiftedOut = b == 0x0e;
        }
    }

    private void escape(int b) {
        state = State.GROUND;
        switch (b) {
            case '[' -> state = State.CSI;
            case ']', 'P', '_', '^', 'X', 'k' -> state = State.STRING;
            case '(', ')' -> {
                designated = b - '(';
                state = State.DESIGNATE;
            }
            case '7' -> savedPen = new Pen(pen);
            case '8' -> pen = new Pen(savedPen);
            case 'c' -> reset();
            default -> {
                if (b < 0x20) {
                    control(b);
                    state = State.ESCAPE;
                } else if (b < 0x30) {
                    state = State.ESCAPE_OTHER;
                }
            }
        }
    }

    private void csi(int b) {
        if (b < 0x20) {
            control(b);
        } else if (b < 0x40) {
            if (parameters.length() < MAX_PARAMETERS) {
                parameters.append((char) b);
            }
        } else {
            state = State.GROUND;
            dispatch((char) b, parameters.toString());
        }
    }

    private void dispatch(char last, String text) {
        if (last == 'm' && text.chars().allMatch(c -> c >= '0' && c <= ';')) {
            pen.apply(text);
        } else if ((last == 'h' || last == 'l') && text.startsWith("?")) {
            for (String mode : text.substring(1).split(";", -1)) {
                privateMode(number(mode), last == 'h');
            }
        } else if ((last == 'h' || last == 'l') && text.equals("20")) {
            newLineMode = last == 'h';
        } else if (last == 'q' && text.endsWith(" ")) {
            cursorStyle = Math.max(0, number(text.substring(0, text.length() - 1)));
        } else if (last == 'p' && text.equals("!")) {
            pen.reset();
            sets[0] = 'B';
            sets[1] = 'B';
            shiftedOut = false;
        } else if (last == 's' && text.isEmpty()) {
            savedPen = new Pen(pen);
        } else if (last == 'u' && text.isEmpty()) {
            pen = new Pen(savedPen);
        }
    }

    private void privateMode(int mode, boolean on) {
        if (mode == 1049 || mode == 1047 || mode == 47) {
            if (on) {
                penBelow = new Pen(pen);
            } else {
                pen = new Pen(penBelow);
            }
        } else if (mode == 1048) {
            if (on) {
                savedPen = new Pen(pen);
            } else {
                pen = new Pen(savedPen);
            }
        } else if (FOLLOWED.contains(mode)) {
            if (on) {
                privateModes.add(mode);
            } else {
                privateModes.remove(mode);
            }
        }
    }

    private void reset() {
        privateModes.clear();
        newLineMode = false;
        cursorStyle = 0;
        sets[0] = 'B';
        sets[1] = 'B';
        shiftedOut = false;
        pen.reset();
        savedPen.reset();
        penBelow.reset();
    }

    private static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
