package io.orchflow.orchestration.model;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Ends a stream that has been silent for too long, and, a minute later, one that nobody waits for
/// any more: its end says what it has cost, and without it the whole of what was reserved counts.
final class IdleWatch implements AutoCloseable {
    private static final Duration UNWANTED = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final InputStream stream;
    private final long idle;
    private final BooleanSupplier wanted;
    private final Thread thread;
    private volatile long lastSign = System.nanoTime();

    IdleWatch(InputStream stream, Duration idle, BooleanSupplier wanted) {
        this.stream = stream;
        this.idle = idle.toNanos();
        this.wanted = wanted;
        this.thread = Thread.ofVirtual().name("model-idle").start(this::look);
    }

    void alive() {
        lastSign = System.nanoTime();
    }

    private void look() {
        long unwantedSince = 0;
        try {
            while (true) {
                Thread.sleep(LOOK);
                long now = System.nanoTime();
                unwantedSince =
                        wanted.getAsBoolean() ? 0 : unwantedSince == 0 ? now : unwantedSince;
                var unwanted = unwantedSince != 0 && now - unwantedSince > UNWANTED.toNanos();
                if (unwanted || now - lastSign > idle) {
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
