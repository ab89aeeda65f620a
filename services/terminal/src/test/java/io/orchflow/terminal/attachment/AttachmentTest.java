package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.orchflow.terminal.ticket.PaneRole;
import io.orchflow.terminal.ticket.Ticket;
import io.orchflow.workspace.v1.AttachRequest;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How input goes to an agent that does not always take it.
class AttachmentTest {

    private static final int MOST = 100;

    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Attachment attachment =
            new Attachment(
                    new Ticket("p1", "w1", PaneRole.DRIVER, "u1", "Ada", "s1"),
                    0,
                    new PaneViewer(outlet),
                    new Flow(outlet::reading, MOST));
    private final FakeAgent agent = new FakeAgent();

    @Test
    void whatCameBeforeTheAgentIsSaidBehindTheStart() {
        attachment.input(Buffer.buffer("early"));
        attachment.beforeStart(agent);
        attachment.start();
        assertThat(agent.said.getFirst().getStart().getPaneId()).isEqualTo("p1");
        assertThat(agent.typed()).isEqualTo("early");
    }

    @Test
    void whatTheAgentDoesNotTakeWaitsInOrderAndStopsTheReading() {
        attachment.beforeStart(agent);
        attachment.start();
        agent.ready(false);
        for (int n = 0; n < 5; n++) {
            attachment.input(Buffer.buffer((n + "-".repeat(29))));
        }
        assertThat(agent.typed()).isEmpty();
        assertThat(outlet.readings()).containsExactly(false);
        agent.takes = 2;
        agent.ready(true);
        assertThat(outlet.readings()).containsExactly(false);
        assertThat(agent.typed()).hasSize(60).startsWith("0").contains("1-");
        agent.takes = Integer.MAX_VALUE;
        agent.ready(true);
        assertThat(agent.typed().replace("-", "")).isEqualTo("01234");
        assertThat(outlet.readings()).containsExactly(false, true);
    }

    @Test
    void whoHasLeftKeepsNobodyFromBeingRead() {
        attachment.beforeStart(agent);
        attachment.start();
        agent.ready(false);
        attachment.input(Buffer.buffer(new byte[MOST]));
        attachment.left();
        assertThat(outlet.readings()).containsExactly(false, true);
        assertThat(agent.cancelled).isEqualTo("viewer left");
        agent.ready(true);
        assertThat(agent.typed()).isEmpty();
    }

    @Test
    void whoLeftBeforeTheAgentCameIsNotAttached() {
        attachment.left();
        attachment.beforeStart(agent);
        attachment.start();
        assertThat(agent.said).isEmpty();
        assertThat(agent.cancelled).isEqualTo("viewer left");
    }

    private static final class FakeAgent extends ClientCallStreamObserver<AttachRequest> {
        private final List<AttachRequest> said = new ArrayList<>();
        private boolean ready = true;
        private int takes = Integer.MAX_VALUE;
        private @Nullable Runnable onReady;
        private @Nullable String cancelled;

        void ready(boolean now) {
            ready = now;
            if (now) {
                Objects.requireNonNull(onReady).run();
            }
        }

        String typed() {
            var text = new StringBuilder();
            said.forEach(request -> text.append(request.getInput().toStringUtf8()));
            return text.toString();
        }

        @Override
        public void onNext(AttachRequest request) {
            said.add(request);
            takes--;
        }

        @Override
        public boolean isReady() {
            return ready && takes > 0;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            cancelled = message;
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void disableAutoRequestWithInitial(int request) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }
}
