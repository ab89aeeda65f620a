package io.orchflow.agent.pane;

import io.orchflow.agent.pane.Attention.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a pane's program asks for a person: from its output, from what is typed, and from what
/// the kernel says it waits for. Safe for use by any thread; never blocks.
public final class AttentionWatch {

    /// A program that goes on to put out something later than this after it asked needs nobody.
    static final Duration AFTERMATH = Duration.ofSeconds(1);

    /// A program that waits for input and is silent for so long asks for it.
    static final Duration SILENCE = Duration.ofSeconds(2);

    // A program that is told of a new size draws itself again, without having gone on.
    private static final Duration REDRAWING = Duration.ofMillis(500);

    // What a terminal sends by itself: focus and mouse reports. Nobody has typed that.
    private static final Pattern REPORTS =
            Pattern.compile("(\\e\\[[IO]|\\e\\[<[\\d;]+[Mm]|\\e\\[M...)+", Pattern.DOTALL);

    // Reports come one by one, or a few at a time.
    private static final int MAX_REPORTS = 256;

    // Listeners are told at most that often: a program may ring without end.
    private static final Duration PACE = Duration.ofMillis(200);

    // A program that has put out something just now does not wait.
    private static final Duration QUIET = Duration.ofMillis(300);

    private final InstantSource clock;
    private final AttentionParser parser = new AttentionParser(this::signalled);
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Attention now;
    private boolean changed;
    private boolean telling;
    private boolean rang;
    private long rangAt;
    private long lastActivity;
    private long resizedAt = Long.MIN_VALUE / 2;
    private long waitsSince = -1;

    AttentionWatch(InstantSource clock) {
        this.clock = clock;
        this.lastActivity = clock.millis();
    }

    /// What the program asks; null when nothing.
    public synchronized @Nullable Attention current() {
        return now;
    }

    /// Called on a virtual thread after a change, one call after the other; changes in quick
    /// succession are one.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// What the program had asked before the agent was started again.
    public synchronized void restore(@Nullable Attention before) {
        if (now == null) {
            now = before;
            rangAt = before == null ? 0 : before.sinceMillis();
        }
    }

    /// The program has put out this.
    synchronized void output(byte[] bytes, int length) {
        if (length == 0) {
            return;
        }
        long time = clock.millis();
        boolean redrawing = time - resizedAt < REDRAWING.toMillis();
        lastActivity = redrawing ? lastActivity : time;
        rang = false;
        parser.feed(bytes, length);
        Attention asked = now;
        boolean goesOn =
                asked != null
                        && asked.cause() == Cause.SIGNAL
                        && time - rangAt >= AFTERMATH.toMillis();
        if (goesOn && !rang && !redrawing) {
            become(null);
        }
    }

    private void signalled(String reason) {
        rang = true;
        rangAt = clock.millis();
        Attention asked = now;
        boolean again =
                asked != null && asked.cause() == Cause.SIGNAL && asked.reason().equals(reason);
        if (!again) {
            become(new Attention(Cause.SIGNAL, reason, rangAt));
        }
    }

    /// Output was lost.
    synchronized void resync() {
        parser.resync();
    }

    synchronized void resized() {
        resizedAt = clock.millis();
    }

    /// A person has typed this.
    synchronized void typed(byte[] bytes) {
        if (!isReport(bytes)) {
            answered();
        }
    }

    private static boolean isReport(byte[] bytes) {
        return bytes.length <= MAX_REPORTS
                && REPORTS.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).matches();
    }

    /// A person has said something to the program.
    public synchronized void answered() {
        lastActivity = clock.millis();
        become(null);
    }

    /// Whether it is worth the while to ask the kernel what the program waits for.
    public synchronized boolean wantsKernel() {
        boolean quiet = clock.millis() - lastActivity >= QUIET.toMillis();
        waitsSince = quiet ? waitsSince : -1;
        return now == null ? quiet : now.cause() == Cause.INPUT;
    }

    /// The kernel's word: whether the foreground process waits for input from its terminal.
    public synchronized void waitsForInput(boolean waits) {
        if (!waits) {
            waitsSince = -1;
            if (now != null && now.cause() == Cause.INPUT) {
                become(null);
            }
            return;
        }
        long time = clock.millis();
        waitsSince = waitsSince < 0 ? time : waitsSince;
        if (now == null && time - Math.max(waitsSince, lastActivity) >= SILENCE.toMillis()) {
            become(new Attention(Cause.INPUT, "It waits for input.", waitsSince));
        }
    }

    private void become(@Nullable Attention next) {
        if (Objects.equals(now, next)) {
            return;
        }
        now = next;
        changed = true;
        if (!telling) {
            telling = true;
            Thread.startVirtualThread(this::tell);
        }
    }

    private void tell() {
        while (takeChange()) {
            listeners.forEach(Runnable::run);
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    private synchronized boolean takeChange() {
        telling = changed;
        changed = false;
        return telling;
    }
}
