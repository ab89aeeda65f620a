package io.orchflow.agent.pane;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.orchflow.agent.tmux.Reply;
import io.orchflow.agent.tmux.ReplyHandler;
import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.workspace.v1.AttachEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The output of one pane: ring, modes, sequence numbers, viewers. Its monitor guards all of that.
final class PaneOutput {

    /// What the output needs from its pane.
    interface Source {

        /// Asks tmux for what [Capture] wants.
        ///
        /// @param then called on the reader thread, at the place of the replies
        void capture(ReplyHandler then);

        /// Writes durably that numbers below `seq` may be used.
        void reserve(long seq);

        /// The program has put out this. Called on the reader thread; must not block.
        void wrote(byte[] bytes, int length);

        /// Output was lost at this place.
        void lost();
    }

    /// Sequence numbers that are reserved at once: one durable write for as many bytes.
    static final long RANGE = 64L << 20;

    private static final Logger LOG = Logger.getLogger(PaneOutput.class);
    // Up to here a viewer is served by the reader thread itself, which saves a switch of threads
    // for every keystroke.
    private static final int INLINE = 8192;

    private final Source source;
    private final OutputRing ring;
    private final TerminalModes modes = new TerminalModes();
    private final List<Viewer> viewers = new ArrayList<>();
    private Size size;
    private long reserved;
    private boolean reserving;
    private boolean capturing;
    private final EndMark mark;
    private boolean ended;
    private IntConsumer whenEnded = _ -> {};

    /// @param reserved numbers below this one are reserved already
    PaneOutput(Source source, EndMark mark, Size size, long next, long reserved) {
        this.source = source;
        this.mark = mark;
        this.size = size;
        this.ring = new OutputRing(next);
        this.reserved = reserved;
    }

    OutputRing ring() {
        return ring;
    }

    synchronized Size size() {
        return size;
    }

    synchronized long nextSeq() {
        return ring.end();
    }

    /// Reserves numbers before the first byte comes.
    synchronized void prepare() {
        reserveAhead(0);
    }

    /// Takes in what tmux has read; call [#pass] afterwards. Reader thread.
    synchronized void append(byte[] bytes, int length) {
        if (!mark.concerns(bytes, length)) {
            store(bytes, length);
            return;
        }
        byte[] filtered = mark.filter(bytes, length);
        store(filtered, filtered.length);
        Integer code = mark.exitCode();
        if (code != null && !ended) {
            ended = true;
            Thread.startVirtualThread(() -> whenEnded.accept(code));
        }
    }

    /// What to do, on a virtual thread, once the program has ended and all its output is here.
    synchronized void whenEnded(IntConsumer then) {
        whenEnded = then;
    }

    /// Bytes were lost: the numbers jump, and every viewer gets a picture.
    synchronized void jump(long next) {
        ring.reset(Math.max(next, ring.end() + 1));
        modes.resync();
        source.lost();
        reserveAhead(0);
    }

    /// Hands new output to the viewers. Never blocks.
    void pass() {
        List<Viewer> all;
        long end;
        synchronized (this) {
            all = List.copyOf(viewers);
            end = ring.end();
        }
        for (Viewer viewer : all) {
            if (end - viewer.cursor() <= INLINE) {
                viewer.signal();
            } else if (!viewer.isBusy()) {
                Thread.startVirtualThread(viewer::signal);
            }
        }
    }

    /// Adds a viewer that starts at `from`, or at a picture if the ring has moved on.
    /// [Viewer#signal] starts it.
    synchronized Viewer attach(
            ViewerSink sink, boolean driver, long from, List<AttachEvent> first) {
        Viewer viewer = new Viewer(this, sink, driver, from);
        first.forEach(event -> viewer.post(event.hasExited() ? ring.end() : 0, event));
        viewers.add(viewer);
        return viewer;
    }

    synchronized void detach(Viewer viewer) {
        viewers.remove(viewer);
        viewer.stop();
    }

    void acknowledge(Viewer viewer, long seq) {
        synchronized (this) {
            viewer.acknowledge(seq);
        }
        viewer.signal();
    }

    /// Tells every viewer, at this place of the output.
    void post(AttachEvent event) {
        synchronized (this) {
            viewers.forEach(viewer -> viewer.post(ring.end(), event));
        }
        pass();
    }

    void resized(Size to) {
        synchronized (this) {
            size = to;
        }
        post(Wire.resized(to));
    }

    /// Ends every viewer's stream.
    void end() {
        List<Viewer> all;
        synchronized (this) {
            all = List.copyOf(viewers);
            all.forEach(Viewer::end);
            viewers.clear();
            ring.reset(ring.end());
        }
        all.forEach(Viewer::signal);
    }

    /// Asks for a picture, unless one is being taken.
    synchronized void takePicture() {
        if (!capturing) {
            capturing = true;
            source.capture(this::captured);
        }
    }

    // On the reader thread, at the place of the replies: all output before them is in the ring and
    // in the modes.
    private void captured(List<Reply> replies, @Nullable TmuxException failure) {
        long seq;
        TerminalModes at;
        byte[] partial;
        synchronized (this) {
            seq = ring.end();
            at = new TerminalModes(modes);
            partial = partialCharacter();
        }
        Thread.startVirtualThread(() -> show(picture(seq, at, partial, replies, failure)));
    }

    private Picture picture(
            long seq,
            TerminalModes at,
            byte[] partial,
            List<Reply> replies,
            @Nullable TmuxException failure) {
        try {
            if (failure == null) {
                Capture capture = Capture.of(replies);
                Size shown = new Size(capture.number("pane_width"), capture.number("pane_height"));
                return new Picture(
                        seq,
                        shown,
                        UnsafeByteOperations.unsafeWrap(new Repaint(capture, at, partial).bytes()));
            }
        } catch (RuntimeException e) {
            LOG.error("a pane's screen could not be drawn", e);
        }
        return new Picture(seq, size(), ByteString.copyFromUtf8("\033c"));
    }

    private void show(Picture taken) {
        List<Viewer> waiting;
        synchronized (this) {
            capturing = false;
            waiting = viewers.stream().filter(Viewer::needsPicture).toList();
            waiting.forEach(viewer -> viewer.show(taken));
        }
        waiting.forEach(Viewer::signal);
    }

    private void store(byte[] bytes, int length) {
        reserveAhead(length);
        ring.append(bytes, 0, length);
        modes.feed(bytes, 0, length);
        source.wrote(bytes, length);
    }

    private void reserveAhead(int length) {
        long needed = ring.end() + length;
        if (needed > reserved - RANGE / 2 && !reserving) {
            reserving = true;
            long upTo = needed + RANGE;
            Thread.startVirtualThread(() -> reserve(upTo));
        }
        boolean interrupted = false;
        while (needed > reserved && reserving) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void reserve(long upTo) {
        boolean done = false;
        try {
            source.reserve(upTo);
            done = true;
        } catch (RuntimeException e) {
            LOG.error("sequence numbers could not be reserved", e);
        } finally {
            synchronized (this) {
                reserving = false;
                reserved = done ? upTo : reserved;
                notifyAll();
            }
        }
    }

    // The bytes at the end of the ring that begin a character and do not complete it.
    private byte[] partialCharacter() {
        byte[] tail = ring.read(Math.max(ring.start(), ring.end() - 3), 3);
        for (int i = tail.length - 1; i >= 0; i--) {
            int b = tail[i] & 0xff;
            if (b < 0x80) {
                break;
            }
            if (b >= 0xc0) {
                int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                int there = tail.length - i;
                return there < length
                        ? java.util.Arrays.copyOfRange(tail, i, tail.length)
                        : new byte[0];
            }
        }
        return new byte[0];
    }
}
