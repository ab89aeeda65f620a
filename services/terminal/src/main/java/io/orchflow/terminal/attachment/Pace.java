package io.orchflow.terminal.attachment;

/// Counts what a viewer has been sent and not taken yet, and says when more may be asked for. So a
/// slow viewer keeps at most [#WINDOW] bytes, and what was asked for before, in memory. Any thread.
final class Pace {

    /// Bytes on their way to the socket above which nothing more is asked for.
    static final int WINDOW = 256 << 10;

    /// Events asked for ahead: each has at most 64 KiB.
    static final int AHEAD = 4;

    private final Flow flow;
    private long inFlight;
    private int owed;
    private long movedAt;

    Pace(Flow flow, long nanoTime) {
        this.flow = flow;
        movedAt = nanoTime;
    }

    /// Some bytes of one event were handed to the socket.
    synchronized void handed(int bytes, long nanoTime) {
        if (inFlight == 0) {
            movedAt = nanoTime;
        }
        inFlight += bytes;
        flow.handed(bytes);
    }

    /// The socket has taken bytes.
    ///
    /// @return how many events to ask for
    synchronized int taken(int bytes, long nanoTime) {
        inFlight -= bytes;
        movedAt = nanoTime;
        flow.taken(bytes);
        return due();
    }

    /// One event has been dealt with.
    ///
    /// @return how many events to ask for
    synchronized int done() {
        owed++;
        return due();
    }

    /// How long nothing has moved although something is on its way, in nanoseconds; 0 otherwise.
    synchronized long stuck(long nanoTime) {
        return inFlight == 0 ? 0 : nanoTime - movedAt;
    }

    /// On a congested socket one event at a time, and only once the one before has gone out: its
    /// going out is what brings the next call.
    private int due() {
        if (inFlight >= WINDOW || (inFlight > 0 && flow.congested())) {
            return 0;
        }
        var due = flow.congested() ? Math.min(owed, 1) : owed;
        owed -= due;
        return due;
    }
}
