package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.orchflow.problem.Problems;
import io.orchflow.terminal.ticket.PaneRole;
import io.orchflow.terminal.ticket.Ticket;
import io.orchflow.terminal.ticket.WorkspaceTicket;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachHello;
import io.orchflow.workspace.v1.Exited;
import io.orchflow.workspace.v1.Lease;
import io.orchflow.workspace.v1.Output;
import io.orchflow.workspace.v1.PaneGone;
import io.orchflow.workspace.v1.Principal;
import io.orchflow.workspace.v1.Size;
import io.orchflow.workspace.v1.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The contract's frames, held to a golden file: one line a frame, binary ones in hex.
class FramesTest {

    private static final Principal ADA =
            Principal.newBuilder()
                    .setKind(Principal.Kind.USER)
                    .setId("u1")
                    .setName("Ada \"the first\"")
                    .build();

    @Test
    void everyEventHasTheFrameOfTheContract() throws IOException {
        var outlet = new RecordingOutlet();
        var viewer = new PaneViewer(outlet);
        var ticket = new Ticket("p1", "w1", PaneRole.DRIVER, "u1", "Ada", "s1");
        var attachment = new Attachment(ticket, 0, viewer, new Flow(outlet::reading, 1 << 20));
        events().forEach(attachment::onNext);
        viewer.text(Frames.error(Problems.tooLarge("Too much.").problem()));

        assertThat(outlet.lines()).isEqualTo(golden("/frames.golden"));
    }

    @Test
    void onAChannelEveryFrameSaysWhich() throws IOException {
        var outlet = new RecordingOutlet();
        var ticket = new WorkspaceTicket("w1", true, "u1", "Ada", "s1");
        var opened = new ArrayList<Attachment>();
        var channels = new Channels(ticket, outlet, opened::add);
        channels.message("{\"type\":\"open\",\"channel\":7,\"paneId\":\"p1\"}");
        events().forEach(opened.getFirst()::onNext);
        channels.message("{\"type\":\"ack\",\"channel\":7,\"seq\":1}");
        channels.message("{\"type\":\"ping\",\"id\":42}");
        channels.end(Closing.REVOKED);

        assertThat(outlet.lines()).isEqualTo(golden("/channel-frames.golden"));
    }

    @Test
    void aSequenceNumberHasEightBytesInNetworkOrder() {
        var frame = Frames.output((1L << 53) - 1, ByteString.copyFrom(new byte[] {(byte) 0xff}));
        assertThat(HexFormat.of().formatHex(frame.getBytes())).isEqualTo("001fffffffffffffff");
    }

    private static List<AttachEvent> events() {
        var agent = Principal.newBuilder().setKind(Principal.Kind.AGENT).setId("a1").setName("dev");
        return List.of(
                event(AttachHello.newBuilder().setDriver(true).setCols(80).setRows(24).setSeq(7)),
                AttachEvent.newBuilder().setLease(Lease.newBuilder().setHolder(ADA)).build(),
                output(7, "a\u001b[1mé"),
                AttachEvent.newBuilder()
                        .setResized(Size.newBuilder().setCols(120).setRows(40))
                        .build(),
                AttachEvent.newBuilder()
                        .setSnapshot(
                                Snapshot.newBuilder()
                                        .setSeq(65_536)
                                        .setCols(120)
                                        .setRows(40)
                                        .setRepaint(ByteString.copyFromUtf8("\u001bc")))
                        .build(),
                output(65_536, "z"),
                AttachEvent.newBuilder().setLease(Lease.newBuilder().setHolder(agent)).build(),
                AttachEvent.newBuilder().setLease(Lease.getDefaultInstance()).build(),
                AttachEvent.newBuilder().setExited(Exited.newBuilder().setExitCode(0)).build(),
                AttachEvent.newBuilder().setExited(Exited.getDefaultInstance()).build(),
                AttachEvent.newBuilder().setGone(PaneGone.getDefaultInstance()).build());
    }

    private static AttachEvent event(AttachHello.Builder hello) {
        return AttachEvent.newBuilder().setHello(hello).build();
    }

    private static AttachEvent output(long seq, String text) {
        return AttachEvent.newBuilder()
                .setOutput(Output.newBuilder().setSeq(seq).setData(ByteString.copyFromUtf8(text)))
                .build();
    }

    private static List<String> golden(String name) throws IOException {
        try (var in = Objects.requireNonNull(FramesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
