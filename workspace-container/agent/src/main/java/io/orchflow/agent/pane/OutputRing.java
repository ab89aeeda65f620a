package io.orchflow.agent.pane;

import java.util.ArrayDeque;

/// The last output of a pane, addressed by sequence number (one per byte). Keeps at least
/// [#CAPACITY] bytes once that many were written, and takes only as much memory as there is output.
/// Not safe for use by several threads.
final class OutputRing {

    /// Bytes that are kept at least.
    static final int CAPACITY = 1 << 20;

    private static final int SEGMENT = 1 << 14;

    private final ArrayDeque<byte[]> segments = new ArrayDeque<>();
    private byte[][] window = new byte[0][];
    // Sequence number of the first byte of the first segment.
    private long base;
    private long start;
    private long end;

    OutputRing(long next) {
        reset(next);
    }

    /// Sequence number of the oldest byte kept.
    long start() {
        return start;
    }

    /// Sequence number of the next byte to come.
    long end() {
        return end;
    }

    /// True when output can be read from here on without a gap.
    boolean holds(long seq) {
        return seq >= start && seq <= end;
    }

    /// Forgets everything; the next byte has this number.
    void reset(long next) {
        segments.clear();
        window = new byte[0][];
        base = next;
        start = next;
        end = next;
    }

    void append(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int used = (int) (end - base) - (segments.size() - 1) * SEGMENT;
            if (segments.isEmpty() || used == SEGMENT) {
                addSegment();
                used = 0;
            }
            int part = Math.min(left, SEGMENT - used);
            System.arraycopy(bytes, from, segments.getLast(), used, part);
            from += part;
            left -= part;
            end += part;
        }
    }

    /// Copies up to `max` bytes from `seq` on; empty at the end.
    ///
    /// @throws IllegalArgumentException when the ring does not hold `seq`
    byte[] read(long seq, int max) {
        if (!holds(seq)) {
            throw new IllegalArgumentException(seq + " is not in " + start + ".." + end);
        }
        byte[] out = new byte[(int) Math.min(max, end - seq)];
        if (window.length != segments.size()) {
            window = segments.toArray(byte[][]::new);
        }
        int done = 0;
        while (done < out.length) {
            int at = (int) (seq - base) + done;
            int part = Math.min(out.length - done, SEGMENT - at % SEGMENT);
            System.arraycopy(window[at / SEGMENT], at % SEGMENT, out, done, part);
            done += part;
        }
        return out;
    }

    private void addSegment() {
        byte[] next;
        if (segments.size() * SEGMENT > CAPACITY) {
            next = segments.removeFirst();
            base += SEGMENT;
            start = Math.max(start, base);
        } else {
            next = new byte[SEGMENT];
        }
        segments.addLast(next);
        window = new byte[0][];
    }
}
