package io.orchflow.terminal.attachment;

import com.google.protobuf.ByteString;
import io.orchflow.problem.Problem;
import io.orchflow.workspace.v1.AttachHello;
import io.orchflow.workspace.v1.Exited;
import io.orchflow.workspace.v1.Lease;
import io.orchflow.workspace.v1.Principal;
import io.orchflow.workspace.v1.Size;
import io.orchflow.workspace.v1.Snapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/// The frames that a viewer is sent, as the public contract has them.
final class Frames {

    /// Bytes of a sequence number.
    static final int SEQ_BYTES = 8;

    /// Bytes of a channel's number.
    static final int CHANNEL_BYTES = 4;

    private Frames() {}

    /// 8 bytes of sequence number, big-endian, then the raw bytes.
    static Buffer output(long seq, ByteString data) {
        return append(Buffer.buffer(SEQ_BYTES + data.size()).appendLong(seq), data);
    }

    /// 4 bytes of channel, then as without one.
    static Buffer output(int channel, long seq, ByteString data) {
        var frame = Buffer.buffer(CHANNEL_BYTES + SEQ_BYTES + data.size());
        return append(frame.appendInt(channel).appendLong(seq), data);
    }

    private static Buffer append(Buffer frame, ByteString data) {
        for (var part : data.asReadOnlyByteBufferList()) {
            var bytes = new byte[part.remaining()];
            part.get(bytes);
            frame.appendBytes(bytes);
        }
        return frame;
    }

    static JsonObject hello(String paneId, AttachHello hello) {
        return of("hello")
                .put("paneId", paneId)
                .put("role", hello.getDriver() ? "driver" : "viewer")
                .put("cols", hello.getCols())
                .put("rows", hello.getRows())
                .put("seq", hello.getSeq());
    }

    static JsonObject snapshot(Snapshot snapshot) {
        return of("snapshot")
                .put("seq", snapshot.getSeq())
                .put("cols", snapshot.getCols())
                .put("rows", snapshot.getRows());
    }

    static JsonObject resize(Size size) {
        return of("resize").put("cols", size.getCols()).put("rows", size.getRows());
    }

    static JsonObject lease(Lease lease) {
        var frame = of("lease");
        return lease.hasHolder() ? frame.put("holder", holder(lease.getHolder())) : frame;
    }

    static JsonObject exit(Exited exited) {
        var frame = of("exit");
        return exited.hasExitCode() ? frame.put("exitCode", exited.getExitCode()) : frame;
    }

    static JsonObject error(Problem problem) {
        return of("error").put("problem", new JsonObject(problem.body()));
    }

    /// The last frame of a channel.
    static JsonObject closed(Closing closing) {
        return of("closed").put("code", closing.code()).put("reason", closing.reason());
    }

    static JsonObject pong(Object id) {
        return of("pong").put("id", id);
    }

    static String onChannel(int channel, JsonObject frame) {
        return frame.put("channel", channel).encode();
    }

    private static JsonObject holder(Principal holder) {
        var kind =
                switch (holder.getKind()) {
                    case USER -> "user";
                    case AGENT -> "agent";
                    case SYSTEM, KIND_UNSPECIFIED, UNRECOGNIZED -> "system";
                };
        return new JsonObject()
                .put("kind", kind)
                .put("id", holder.getId())
                .put("name", holder.getName());
    }

    private static JsonObject of(String type) {
        return new JsonObject().put("type", type);
    }
}
