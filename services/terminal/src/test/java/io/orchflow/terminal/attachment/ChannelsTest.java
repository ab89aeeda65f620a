package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.orchflow.terminal.ticket.WorkspaceTicket;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachHello;
import io.orchflow.workspace.v1.Output;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {

    private final RecordingOutlet outlet = new RecordingOutlet();
    private final List<Attachment> opened = new ArrayList<>();
    private final Channels channels = channels(true);

    private Channels channels(boolean driver) {
        var ticket = new WorkspaceTicket("w1", driver, "u1", "Ada", "s1");
        return new Channels(ticket, outlet, opened::add);
    }

    private void open(int channel) {
        channels.message(
                new JsonObject()
                        .put("type", "open")
                        .put("channel", channel)
                        .put("paneId", "p" + channel)
                        .encode());
    }

    private static AttachEvent output(String text) {
        return AttachEvent.newBuilder()
                .setOutput(Output.newBuilder().setData(ByteString.copyFromUtf8(text)))
                .build();
    }

    @Test
    void oneMoreThanTheMostIsRefusedAndTheRestGoesOn() {
        for (int channel = 1; channel <= Channels.MOST; channel++) {
            open(channel);
        }
        open(1000);
        assertThat(opened).hasSize(Channels.MOST);
        assertThat(outlet.last().getInteger("channel")).isEqualTo(1000);
        assertThat(outlet.last().getJsonObject("problem").getString("type"))
                .isEqualTo("urn:orchflow:problem:channel-limit");
        channels.message("{\"type\":\"close\",\"channel\":1}");
        open(1000);
        assertThat(opened).hasSize(Channels.MOST + 1);
    }

    @Test
    void aChannelInUseIsNotOpenedAgain() {
        open(1);
        open(1);
        assertThat(opened).hasSize(1);
        assertThat(outlet.last().getJsonObject("problem").getInteger("status")).isEqualTo(400);
    }

    @Test
    void nothingFollowsTheClosingFrameOfAChannel() {
        open(1);
        channels.message("{\"type\":\"close\",\"channel\":1}");
        assertThat(outlet.last().getString("type")).isEqualTo("closed");
        var lines = outlet.lines();
        opened.getFirst().onNext(output("late"));
        opened.getFirst().onError(Status.CANCELLED.asRuntimeException());
        assertThat(outlet.lines()).isEqualTo(lines);
        assertThat(channels.panes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND,4404", "PERMISSION_DENIED,4403", "INTERNAL,1012"})
    void aPaneThatCannotBeHadEndsItsChannelOnly(Status.Code status, int code) {
        open(1);
        open(2);
        opened.getFirst().onError(status.toStatus().asRuntimeException());
        var last = outlet.last();
        assertThat(last.getString("type")).isEqualTo("closed");
        assertThat(last.getInteger("channel")).isEqualTo(1);
        assertThat(last.getInteger("code")).isEqualTo(code);
        assertThat(channels.panes()).isEqualTo(1);
    }

    @Test
    void aPaneThatIsGoneAfterItsHelloIsGone() {
        open(1);
        opened.getFirst()
                .onNext(AttachEvent.newBuilder().setHello(AttachHello.newBuilder()).build());
        opened.getFirst().onError(Status.NOT_FOUND.asRuntimeException());
        assertThat(outlet.last().getInteger("code")).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "CANCELLED"})
    void aWorkspaceThatIsGoneEndsTheSocket(Status.Code status) {
        open(1);
        open(2);
        opened.getFirst().onError(status.toStatus().asRuntimeException());
        assertThat(outlet.lines()).contains("close  1012");
        open(3);
        assertThat(opened).hasSize(2);
    }

    @Test
    void whoMayOnlyLookIsNoDriver() {
        var viewer = channels(false);
        viewer.message("{\"type\":\"open\",\"channel\":1,\"paneId\":\"p\",\"role\":\"driver\"}");
        assertThat(outlet.last().getInteger("code")).isEqualTo(4403);
        assertThat(opened).isEmpty();
        viewer.message("{\"type\":\"open\",\"channel\":1,\"paneId\":\"p\"}");
        assertThat(opened).hasSize(1);
    }

    @Test
    void inputForNobodyIsRefused() {
        channels.input(Buffer.buffer(new byte[] {0, 0, 1}));
        assertThat(outlet.last().containsKey("channel")).isFalse();
        channels.input(Buffer.buffer(new byte[] {0, 0, 0, 9, 'x'}));
        assertThat(outlet.last().getInteger("channel")).isEqualTo(9);
    }

    /// The agent is not there yet: what it cannot take is not read from the client, either.
    @Test
    void inputThatCannotGoOnStopsTheReading() {
        open(1);
        open(2);
        var message = Buffer.buffer().appendInt(1).appendBytes(new byte[60 << 10]);
        for (int sent = 0; sent < Channels.MOST_WAITING; sent += 60 << 10) {
            assertThat(outlet.readings()).isEmpty();
            channels.input(message);
        }
        assertThat(outlet.readings()).containsExactly(false);
        opened.getFirst().end(Closing.PANE_GONE);
        assertThat(outlet.readings()).containsExactly(false, true);
    }

    @Test
    void inputThatNeverGoesOnEndsItsChannel() {
        open(1);
        open(2);
        channels.input(Buffer.buffer().appendInt(1).appendString("x"));
        channels.endStuck(Duration.ofHours(1));
        assertThat(channels.panes()).isEqualTo(2);
        channels.endStuck(Duration.ZERO);
        assertThat(channels.panes()).isEqualTo(1);
        assertThat(outlet.last().getInteger("code")).isEqualTo(4408);
    }
}
