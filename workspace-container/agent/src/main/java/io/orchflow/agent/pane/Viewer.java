package io.orchflow.agent.pane;

import io.orchflow.workspace.v1.AttachEvent;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One stream that watches a pane: a cursor into its output. It takes no memory but its place, and
/// falls back to a picture of the screen when the ring has moved past it. Everything but [#signal]
/// is guarded by the [PaneOutput].
final class Viewer {

    /// Bytes that may be on their way beyond what the viewer says it has rendered, once it has said
    /// so.
    static final int ACK_WINDOW = 1 << 20;

    /// Bytes a message.
    static final int CHUNK = 1 << 15;

    private static final Logger LOG = Logger.getLogger(Viewer.class);

    private record Due(long seq, AttachEvent event) {}

    private final PaneOutput output;
    private final ViewerSink sink;
    private final boolean driver;
    private final AtomicInteger signals = new AtomicInteger();
    // What comes between the bytes, with the place it belongs to.
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private volatile long cursor;
    private long acknowledged = -1;
    private boolean greeted;
    private boolean needsPicture;
    private @Nullable Picture picture;
    private boolean gone;
    private boolean ended;

    Viewer(PaneOutput output, ViewerSink sink, boolean driver, long from) {
        this.output = output;
        this.sink = sink;
        this.driver = driver;
        this.cursor = from;
    }

    /// Sends what there is to send, as far as the stream takes it. Any thread; never blocks.
    void signal() {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                send();
            } catch (RuntimeException e) {
                // One broken stream must not hold up the others, or the reader of tmux.
                LOG.warn("a viewer's stream failed", e);
                synchronized (output) {
                    ended = true;
                }
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void send() {
        while (sink.isReady()) {
            AttachEvent event = next();
            if (event == null) {
                return;
            }
            sink.send(event);
            if (event.hasGone()) {
                sink.complete();
            }
        }
    }

    /// True while somebody is sending: another signal would only be counted.
    boolean isBusy() {
        return signals.get() != 0;
    }

    long cursor() {
        return cursor;
    }

    boolean needsPicture() {
        return needsPicture;
    }

    void show(Picture taken) {
        picture = taken;
    }

    void post(long seq, AttachEvent event) {
        due.add(new Due(seq, event));
    }

    void acknowledge(long seq) {
        acknowledged = Math.max(acknowledged, seq);
    }

    /// The stream is over: nothing more is sent.
    void stop() {
        ended = true;
    }

    /// The pane is gone: that is the last thing to be sent.
    void end() {
        gone = true;
    }

    private @Nullable AttachEvent next() {
        synchronized (output) {
            if (ended) {
                return null;
            }
            if (gone) {
                ended = true;
                return Wire.gone();
            }
            if (!needsPicture && !output.ring().holds(cursor)) {
                needsPicture = true;
                picture = null;
            }
            return needsPicture ? fromPicture() : fromRing();
        }
    }

    private @Nullable AttachEvent fromPicture() {
        Picture taken = picture;
        if (taken == null) {
            output.takePicture();
            return null;
        }
        cursor = taken.seq();
        if (!greeted) {
            greeted = true;
            return Wire.hello(driver, taken.size(), cursor);
        }
        needsPicture = false;
        picture = null;
        due.removeIf(entry -> entry.seq <= taken.seq() && entry.event.hasResized());
        return Wire.snapshot(taken.seq(), taken.size(), taken.repaint());
    }

    private @Nullable AttachEvent fromRing() {
        if (!greeted) {
            greeted = true;
            return Wire.hello(driver, output.size(), cursor);
        }
        Due first = due.peek();
        if (first != null && first.seq <= cursor) {
            due.remove();
            return first.event;
        }
        long limit = first == null ? output.ring().end() : Math.min(first.seq, output.ring().end());
        if (acknowledged >= 0) {
            limit = Math.min(limit, acknowledged + ACK_WINDOW);
        }
        if (limit <= cursor) {
            return null;
        }
        byte[] bytes = output.ring().read(cursor, (int) Math.min(CHUNK, limit - cursor));
        long seq = cursor;
        cursor = seq + bytes.length;
        return Wire.output(seq, bytes);
    }
}
