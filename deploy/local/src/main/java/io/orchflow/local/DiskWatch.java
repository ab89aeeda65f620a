package io.orchflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Says when the data directory's disk is nearly full, once, and when there is room again, once.
/// What could not be written meanwhile ends and is started again by [Supervisor].
final class DiskWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long LOW = 64L << 20;
    private static final long ENOUGH = 128L << 20;

    private final Path data;
    private final Console console;
    private final LongSupplier free;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean low;

    DiskWatch(Path data, Console console) {
        this(data, console, () -> freeBytes(data));
    }

    DiskWatch(Path data, Console console, LongSupplier free) {
        this.data = data;
        this.console = console;
        this.free = free;
    }

    void start() {
        Thread.ofPlatform().daemon().name("disk-watch").start(this::watch);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    void look() {
        long bytes = free.getAsLong();
        if (!low && bytes < LOW) {
            low = true;
            console.progress(
                    "disk",
                    "%d MiB free in %s: make room, or parts will fail"
                            .formatted(bytes >> 20, data));
        } else if (low && bytes >= ENOUGH) {
            low = false;
            console.progress("disk", "has room again, %d MiB free".formatted(bytes >> 20));
        }
    }

    private void watch() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long freeBytes(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
