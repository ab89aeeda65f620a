package io.orchflow.terminal.attachment;

import java.util.function.Consumer;

/// What the attachments of one socket share: how many bytes are on their way out, and whether the
/// client is read from. Any thread.
final class Flow {

    /// Bytes on their way out above which only attachments that have none of them ask for more.
    static final int WINDOW = 1 << 20;

    private final Consumer<Boolean> reading;
    private long inFlight;
    private int full;

    /// @param reading told whenever it changes; must not block
    Flow(Consumer<Boolean> reading) {
        this.reading = reading;
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

    /// One attachment has as much input waiting as it may: the client is not read until it has not.
    synchronized void stop() {
        if (full++ == 0) {
            reading.accept(false);
        }
    }

    /// Takes one [#stop] back.
    synchronized void go() {
        if (--full == 0) {
            reading.accept(true);
        }
    }
}
