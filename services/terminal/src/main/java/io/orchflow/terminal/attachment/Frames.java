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

    private static final int SEQ_BYTES = 8;

    private Frames() {}

    /// 8 bytes of sequence number, big-endian, then the raw bytes.
    static Buffer output(long seq, ByteString data) {
        var frame = Buffer.buffer(SEQ_BYTES + data.size()).appendLong(seq);
        for (var part : data.asReadOnlyByteBufferList()) {
            var bytes = new byte[part.remaining()];
            part.get(bytes);
            frame.appendBytes(bytes);
        }
        return frame;
    }

    static String hello(String paneId, AttachHello hello) {
        return of("hello")
                .put("paneId", paneId)
                .put("role", hello.getDriver() ? "driver" : "viewer")
                .put("cols", hello.getCols())
                .put("rows", hello.getRows())
                .put("seq", hello.getSeq())
                .encode();
    }

    static String snapshot(Snapshot snapshot) {
        return of("snapshot")
                .put("seq", snapshot.getSeq())
                .put("cols", snapshot.getCols())
                .put("rows", snapshot.getRows())
                .encode();
    }

    static String resize(Size size) {
        return of("resize").put("cols", size.getCols()).put("rows", size.getRows()).encode();
    }

    static String lease(Lease lease) {
        var frame = of("lease");
        return (lease.hasHolder() ? frame.put("holder", holder(lease.getHolder())) : frame)
                .encode();
    }

    static String exit(Exited exited) {
        var frame = of("exit");
        return (exited.hasExitCode() ? frame.put("exitCode", exited.getExitCode()) : frame)
                .encode();
    }

    static String error(Problem problem) {
        return of("error").put("problem", new JsonObject(problem.body())).encode();
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
