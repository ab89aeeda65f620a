package io.orchflow.terminal.attachment;

import com.google.protobuf.ByteString;
import io.vertx.core.json.JsonObject;

/// A viewer with a socket of its own.
record PaneViewer(Outlet outlet) implements Viewer {

    @Override
    public void text(JsonObject frame) {
        outlet.text(frame.encode());
    }

    @Override
    public void output(long seq, ByteString data, Runnable taken) {
        outlet.binary(Frames.output(seq, data), taken);
    }

    @Override
    public void close(Closing closing) {
        // Tickets are given for panes that are there: one that is not has gone since.
        outlet.close(closing == Closing.NO_PANE ? Closing.PANE_GONE : closing);
    }
}
