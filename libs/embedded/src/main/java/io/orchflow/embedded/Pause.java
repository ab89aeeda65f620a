package io.orchflow.embedded;

import java.util.concurrent.locks.LockSupport;

/// The pause between two looks at something that another process does.
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted while waiting");
        }
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
