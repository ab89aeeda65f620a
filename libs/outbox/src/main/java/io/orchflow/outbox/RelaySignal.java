package io.orchflow.outbox;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells the relay of this process that something was committed; the others find it by polling.
@Singleton
public class RelaySignal {
    private final Semaphore raised = new Semaphore(0);

    /// Wakes the relay; cheap, from any thread.
    public void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    void await(long millis) throws InterruptedException {
        if (raised.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            raised.drainPermits();
        }
    }
}
