package io.orchflow.agent.pane;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachHello;
import io.orchflow.workspace.v1.Exited;
import io.orchflow.workspace.v1.Output;
import io.orchflow.workspace.v1.PaneGone;
import io.orchflow.workspace.v1.Snapshot;
import org.jspecify.annotations.Nullable;

/// Domain types as the protocol has them.
final class Wire {

    private Wire() {}

    static Principal principal(io.orchflow.workspace.v1.Principal wire) {
        Principal.Kind kind =
                switch (wire.getKind()) {
                    case USER -> Principal.Kind.USER;
                    case AGENT -> Principal.Kind.AGENT;
                    case SYSTEM -> Principal.Kind.SYSTEM;
                    case KIND_UNSPECIFIED, UNRECOGNIZED ->
                            throw invalid("principal.kind is missing");
                };
        if (wire.getId().isBlank()) {
            throw invalid("principal.id is missing");
        }
        return new Principal(kind, wire.getId(), wire.getName());
    }

    static io.orchflow.workspace.v1.Principal principal(Principal principal) {
        var kind =
                switch (principal.kind()) {
                    case USER -> io.orchflow.workspace.v1.Principal.Kind.USER;
                    case AGENT -> io.orchflow.workspace.v1.Principal.Kind.AGENT;
                    case SYSTEM -> io.orchflow.workspace.v1.Principal.Kind.SYSTEM;
                };
        return io.orchflow.workspace.v1.Principal.newBuilder()
                .setKind(kind)
                .setId(principal.id())
                .setName(principal.name())
                .build();
    }

    static io.orchflow.workspace.v1.Size size(Size size) {
        return io.orchflow.workspace.v1.Size.newBuilder()
                .setCols(size.cols())
                .setRows(size.rows())
                .build();
    }

    static AttachEvent hello(boolean driver, Size size, long seq) {
        return AttachEvent.newBuilder()
                .setHello(
                        AttachHello.newBuilder()
                                .setDriver(driver)
                                .setCols(size.cols())
                                .setRows(size.rows())
                                .setSeq(seq))
                .build();
    }

    /// The array must not change afterwards.
    static AttachEvent output(long seq, byte[] bytes) {
        return AttachEvent.newBuilder()
                .setOutput(
                        Output.newBuilder()
                                .setSeq(seq)
                                .setData(UnsafeByteOperations.unsafeWrap(bytes)))
                .build();
    }

    static AttachEvent snapshot(long seq, Size size, ByteString repaint) {
        return AttachEvent.newBuilder()
                .setSnapshot(
                        Snapshot.newBuilder()
                                .setSeq(seq)
                                .setCols(size.cols())
                                .setRows(size.rows())
                                .setRepaint(repaint))
                .build();
    }

    static AttachEvent resized(Size size) {
        return AttachEvent.newBuilder().setResized(size(size)).build();
    }

    static AttachEvent lease(@Nullable Principal holder) {
        var lease = io.orchflow.workspace.v1.Lease.newBuilder();
        if (holder != null) {
            lease.setHolder(principal(holder));
        }
        return AttachEvent.newBuilder().setLease(lease).build();
    }

    static AttachEvent exited(PaneExit exit) {
        Exited.Builder exited = Exited.newBuilder();
        Integer code = exit.exitCode();
        if (code != null) {
            exited.setExitCode(code);
        }
        return AttachEvent.newBuilder().setExited(exited).build();
    }

    static AttachEvent gone() {
        return AttachEvent.newBuilder().setGone(PaneGone.getDefaultInstance()).build();
    }

    static StatusRuntimeException invalid(String message) {
        return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
    }

    static StatusRuntimeException noSuchPane(String paneId) {
        return Status.NOT_FOUND.withDescription("no pane " + paneId).asRuntimeException();
    }
}
