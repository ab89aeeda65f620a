package io.orchflow.local;

import io.orchflow.embedded.Child;
import io.orchflow.embedded.LastLines;
import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Keeps parts alive: a part that ends without being asked to is started again, after a pause that
/// grows.
final class Supervisor {
    /// A part that ends this often before it answered once is broken, not unlucky.
    private static final int TRIES_BEFORE_READY = 4;

    private final Layout layout;
    private final Console console;
    private final Map<String, Kept> parts = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    Supervisor(Layout layout, Console console) {
        this.layout = layout;
        this.console = console;
    }

    /// Starts the part and keeps it alive until it is stopped.
    ///
    /// @throws UncheckedIOException when its program is not there
    /// @throws Refusal when everything is stopping already
    void start(Part part) {
        var kept = new Kept(part);
        parts.put(part.name(), kept);
        if (!kept.tryRun()) {
            throw Refusal.failed("stopped before " + part.name() + " was started");
        }
        Thread.ofPlatform().daemon().name("keep-" + part.name()).start(kept::keep);
    }

    /// Waits until the part answers.
    ///
    /// @throws Refusal when it does not in time, or ends again and again
    void awaitReady(String name, Duration patience) {
        Kept kept = kept(name);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!kept.part.answers().getAsBoolean()) {
            if (isStopping()) {
                throw Refusal.failed("stopped before " + name + " was ready");
            }
            if (System.nanoTime() > deadline || kept.ends.get() >= TRIES_BEFORE_READY) {
                throw Refusal.failed(
                        "%s %s; its log %s ends with:%n%s"
                                .formatted(
                                        name,
                                        kept.ends.get() > 0
                                                ? "ended " + kept.ends.get() + " times"
                                                : "was not ready within "
                                                        + patience.toSeconds()
                                                        + " s",
                                        layout.log(name),
                                        LastLines.of(layout.log(name), 12)));
            }
            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
        }
        kept.wasReady = true;
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// From now on nothing is started again.
    void beginStop() {
        stopping.countDown();
    }

    /// Ends one part in order; nothing happens when it was never started.
    void stop(String name) {
        Kept kept = parts.get(name);
        if (kept != null) {
            kept.stop();
        }
    }

    private Kept kept(String name) {
        Kept kept = parts.get(name);
        if (kept == null) {
            throw new IllegalArgumentException("no part " + name);
        }
        return kept;
    }

    /// A part, its process now, and the thread that waits for its end.
    private final class Kept {
        private final Part part;
        private final Backoff backoff = new Backoff();
        private volatile @Nullable Child child;
        private final AtomicInteger ends = new AtomicInteger();
        private volatile boolean wasReady;
        private long startedAt;

        Kept(Part part) {
            this.part = part;
        }

        /// False when everything is stopping: whoever stops comes after this, and sees the child.
        synchronized boolean tryRun() {
            if (isStopping()) {
                return false;
            }
            startedAt = System.nanoTime();
            var started = Child.start(part.spec().get());
            child = started;
            writePid(started.pid());
            return true;
        }

        void keep() {
            while (true) {
                int code = running().exit().join();
                if (isStopping()) {
                    return;
                }
                ends.incrementAndGet();
                Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - startedAt));
                console.progress(
                        part.name(),
                        "%s; starting again in %.1f s"
                                .formatted(Exit.describe(code), pause.toMillis() / 1e3));
                if (!restartedAfter(pause)) {
                    return;
                }
            }
        }

        /// False when the system stops meanwhile.
        private boolean restartedAfter(Duration pause) {
            try {
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
                if (!tryRun()) {
                    return false;
                }
                if (wasReady) {
                    Thread.ofPlatform().daemon().name("ready-" + part.name()).start(this::announce);
                }
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (UncheckedIOException e) {
                console.progress(part.name(), "cannot be started: " + e.getMessage());
                return restartedAfter(backoff.after(Duration.ZERO));
            }
        }

        private void announce() {
            Child mine = running();
            while (mine.isAlive() && !isStopping()) {
                if (part.answers().getAsBoolean()) {
                    console.progress(part.name(), "ready again (process " + mine.pid() + ")");
                    return;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        synchronized void stop() {
            if (child != null) {
                child.close();
            }
        }

        private Child running() {
            return Objects.requireNonNull(child, "not started");
        }

        private void writePid(long pid) {
            try {
                Secrets.writePrivate(
                        layout.pidFile(part.name()),
                        pid + " " + Proc.startTicks(pid).orElse(0L) + "\n");
            } catch (IOException e) {
                if (!Files.isWritable(layout.run())) {
                    console.progress(
                            part.name(), "its pid file cannot be written: " + e.getMessage());
                }
            }
        }
    }
}
