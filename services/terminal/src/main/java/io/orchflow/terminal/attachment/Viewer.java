package io.orchflow.terminal.attachment;

import com.google.protobuf.ByteString;
import io.vertx.core.json.JsonObject;

/// The client's side of an attachment. Every method returns at once; frames keep their order.
interface Viewer {

    void text(JsonObject frame);

    /// Bytes of the pane, or a repaint.
    ///
    /// @param taken run once the socket has taken them, or never where it has ended
    void output(long seq, ByteString data, Runnable taken);

    void close(Closing closing);
}
