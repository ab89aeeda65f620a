package io.orchflow.orchestration.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Asks a thread to stop at its next safe place. Any thread.
final class StopSignal {
    private final CountDownLatch raised = new CountDownLatch(1);
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    void raise() {
        raised.countDown();
        listeners.forEach(Runnable::run);
    }

    boolean raised() {
        return raised.getCount() == 0;
    }

    void check() {
        if (raised()) {
            throw new Stopped();
        }
    }

    /// @throws Stopped as soon as the signal is raised
    void pause(long millis) {
        try {
            if (raised.await(millis, TimeUnit.MILLISECONDS)) {
                throw new Stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /// Runs an action when the signal is raised, at once where it was already.
    ///
    /// @return forgets the action
    Runnable onRaise(Runnable action) {
        listeners.add(action);
        if (raised()) {
            action.run();
        }
        return () -> listeners.remove(action);
    }
}
