package io.orchflow.agent.tmux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes tmux's control mode (tmux(1), CONTROL MODE) from a byte stream cut anywhere.
///
/// `%output` carries bytes below 0x20 and the backslash as three octal digits, everything else raw,
/// and cuts UTF-8 where it likes: so bytes go in and bytes come out. Not safe for use by several
/// threads.
final class ControlDecoder {

    private static final byte[] OUTPUT = ascii("%output %");
    private static final byte[] EXTENDED = ascii("%extended-output %");
    private static final byte[] PAUSE = ascii("%pause %");
    private static final byte[] BEGIN = ascii("%begin ");
    private static final byte[] END = ascii("%end ");
    private static final byte[] ERROR = ascii("%error ");

    private final ControlEvents events;
    private byte[] pending = new byte[4096];
    private int pendingLength;
    private byte[] decoded = new byte[16384];
    private final List<byte[]> replyLines = new ArrayList<>();
    // "<time> <number> <flags>" of the block that is open; empty outside of one.
    private byte[] guard = new byte[0];
    private boolean ours;
    private byte @Nullable [] closing;

    ControlDecoder(ControlEvents events) {
        this.events = events;
    }

    void feed(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                if (pendingLength > 0) {
                    keep(bytes, start, i);
                    int whole = pendingLength;
                    pendingLength = 0;
                    line(pending, 0, whole);
                } else {
                    line(bytes, start, i);
                }
                start = i + 1;
            }
        }
        keep(bytes, start, end);
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = to - from;
        if (pendingLength + length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(pending.length * 2, pendingLength + length));
        }
        System.arraycopy(bytes, from, pending, pendingLength, length);
        pendingLength += length;
    }

    private void line(byte[] bytes, int from, int to) {
        if (guard.length > 0) {
            inReply(bytes, from, to);
        } else if (startsWith(bytes, from, to, EXTENDED)) {
            output(bytes, from + EXTENDED.length, to, true);
        } else if (startsWith(bytes, from, to, OUTPUT)) {
            output(bytes, from + OUTPUT.length, to, false);
        } else if (startsWith(bytes, from, to, BEGIN)) {
            guard = Arrays.copyOfRange(bytes, from + BEGIN.length, to);
            ours = guard[guard.length - 1] == '1';
            closing = ours ? events.closing() : null;
            replyLines.clear();
        } else if (startsWith(bytes, from, to, PAUSE)) {
            events.paused(number(bytes, from + PAUSE.length, to));
        } else {
            events.notice(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private void inReply(byte[] bytes, int from, int to) {
        if (closing != null) {
            replyLines.add(Arrays.copyOfRange(bytes, from, to));
            if (Arrays.equals(replyLines.getLast(), closing)) {
                endOpaqueReply();
            }
        } else if (isGuard(bytes, from, to, END)) {
            endReply(false);
        } else if (isGuard(bytes, from, to, ERROR)) {
            endReply(true);
        } else {
            replyLines.add(Arrays.copyOfRange(bytes, from, to));
        }
    }

    // The lines are: the reply, its %end, the %begin of the closing's block, the closing.
    private void endOpaqueReply() {
        int size = replyLines.size();
        byte[] begin = replyLines.get(size - 2);
        byte[] mark = replyLines.get(size - 1);
        events.reply(List.copyOf(replyLines.subList(0, size - 3)), false);
        replyLines.clear();
        replyLines.add(mark);
        guard = Arrays.copyOfRange(begin, BEGIN.length, begin.length);
        closing = null;
    }

    private void endReply(boolean failed) {
        guard = new byte[0];
        if (ours) {
            events.reply(List.copyOf(replyLines), failed);
        }
        replyLines.clear();
    }

    private boolean isGuard(byte[] bytes, int from, int to, byte[] word) {
        return startsWith(bytes, from, to, word)
                && Arrays.equals(bytes, from + word.length, to, guard, 0, guard.length);
    }

    private void output(byte[] bytes, int from, int to, boolean extended) {
        int pane = 0;
        int i = from;
        for (; i < to && bytes[i] != ' '; i++) {
            pane = pane * 10 + (bytes[i] - '0');
        }
        i++;
        if (extended) {
            // "%extended-output %pane age ... : value"; nothing before the colon has one.
            while (i < to && bytes[i] != ':') {
                i++;
            }
            i += 2;
        }
        if (decoded.length < to - i) {
            decoded = new byte[Math.max(decoded.length * 2, to - i)];
        }
        int length = 0;
        while (i < to) {
            byte b = bytes[i++];
            if (b == '\\' && i + 3 <= to) {
                b =
                        (byte)
                                ((bytes[i] - '0') << 6
                                        | (bytes[i + 1] - '0') << 3
                                        | (bytes[i + 2] - '0'));
                i += 3;
            }
            decoded[length++] = b;
        }
        if (length > 0) {
            events.output(pane, decoded, length);
        }
    }

    private static int number(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
