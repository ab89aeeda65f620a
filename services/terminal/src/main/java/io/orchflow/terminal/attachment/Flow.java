package io.orchflow.terminal.attachment;

import java.util.function.Consumer;

/// What the attachments of one socket share: how many bytes are on their way out, how many wait to
/// go to the agent, and so whether the client is read from. Any thread.
final class Flow {

    /// Bytes on their way out above which only attachments that have none of them ask for more.
    static final int WINDOW = 1 << 20;

    private final Consumer<Boolean> reading;
    private final int mostWaiting;
    private long inFlight;
    private long waiting;
    private boolean read = true;

    /// @param reading told whenever it changes; must not block
    /// @param mostWaiting bytes of input above which the client is not read until half of them have
    /// gone
    Flow(Consumer<Boolean> reading, int mostWaiting) {
        this.reading = reading;
        this.mostWaiting = mostWaiting;
    }

    synchronized void handed(int bytes) {
        inFlight += bytes;
    }

    synchronized void taken(int bytes) {
        inFlight -= bytes;
    }

    synchronized boolean congested() {
        return inFlight >= WINDOW;
    }

    /// Input waits for the agent.
    synchronized void hold(int bytes) {
        waiting += bytes;
        if (read && waiting > mostWaiting) {
            read = false;
            reading.accept(false);
        }
    }

    /// Input waits no longer.
    synchronized void release(int bytes) {
        waiting -= bytes;
        if (!read && waiting <= mostWaiting / 2) {
            read = true;
            reading.accept(true);
        }
    }
}
