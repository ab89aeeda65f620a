package io.orchflow.terminal.attachment;

import com.google.protobuf.ByteString;
import io.vertx.core.json.JsonObject;

/// A viewer that has one channel of a socket. The closing frame is the channel's last one.
final class ChannelViewer implements Viewer {

    private final Channels channels;
    private final Outlet outlet;
    private final int channel;
    private boolean closed;

    ChannelViewer(Channels channels, Outlet outlet, int channel) {
        this.channels = channels;
        this.outlet = outlet;
        this.channel = channel;
    }

    @Override
    public synchronized void text(JsonObject frame) {
        if (!closed) {
            outlet.text(Frames.onChannel(channel, frame));
        }
    }

    @Override
    public void output(long seq, ByteString data, Runnable taken) {
        var frame = Frames.output(channel, seq, data);
        synchronized (this) {
            if (!closed) {
                outlet.binary(frame, taken);
                return;
            }
        }
        taken.run();
    }

    @Override
    public void close(Closing closing) {
        channels.ended(channel, closing);
        synchronized (this) {
            outlet.text(Frames.onChannel(channel, Frames.closed(closing)));
            closed = true;
        }
    }
}
