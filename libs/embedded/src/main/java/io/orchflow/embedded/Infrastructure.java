package io.orchflow.embedded;

import java.time.Duration;

/// A prepared server: its folder, port and credentials are there, its process is the caller's to
/// start (and, with the same port and data, to start again).
public interface Infrastructure {
    ChildSpec child();

    /// Whether clients can use it now. Takes two seconds at most.
    boolean answers();

    /// Starts the process and waits until it answers.
    ///
    /// @throws IllegalStateException when it ends, or does not answer in time; the message ends
    /// with its last output
    default Child startAndAwait(Duration patience) {
        Child child = Child.start(child());
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers()) {
            if (!child.isAlive() || System.nanoTime() > deadline) {
                boolean ended = !child.isAlive();
                child.close();
                throw new IllegalStateException(
                        child().name()
                                + (ended ? " ended" : " did not answer within " + patience)
                                + ": "
                                + LastLines.of(child().log(), 8));
            }
            Pause.millis(25);
        }
        return child;
    }
}
