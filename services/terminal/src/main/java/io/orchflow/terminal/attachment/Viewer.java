package io.orchflow.terminal.attachment;

import io.vertx.core.buffer.Buffer;

/// The socket's side of an attachment. Every method returns at once; frames keep their order.
interface Viewer {

    void text(String frame);

    /// @param taken run once the socket has taken the frame, or never where it has ended
    void binary(Buffer frame, Runnable taken);

    void close(Closing closing);
}
