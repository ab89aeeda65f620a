package io.orchflow.terminal.attachment;

import io.vertx.core.buffer.Buffer;

/// A client's socket. Every method returns at once; frames keep their order.
interface Outlet {

    void text(String frame);

    /// @param taken run once the socket has taken the frame, or never where it has ended
    void binary(Buffer frame, Runnable taken);

    void close(Closing closing);

    /// Whether messages of the client are read. Some that are on their way come nevertheless.
    void reading(boolean on);
}
