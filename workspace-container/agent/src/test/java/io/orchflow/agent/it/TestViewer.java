package io.orchflow.agent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachRequest;
import io.orchflow.workspace.v1.AttachStart;
import io.orchflow.workspace.v1.PanesGrpc;
import io.orchflow.workspace.v1.Principal;
import io.orchflow.workspace.v1.Size;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A viewer of one pane that keeps everything it is told, and checks that the bytes have no gap.
final class TestViewer implements AutoCloseable {

    private final List<AttachEvent> events = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Receiver receiver = new Receiver();
    private boolean over;
    private long next = -1;

    private final class Receiver implements ClientResponseObserver<AttachRequest, AttachEvent> {

        private @Nullable ClientCallStreamObserver<AttachRequest> requests;
        private boolean paced;

        @Override
        public void beforeStart(ClientCallStreamObserver<AttachRequest> stream) {
            requests = stream;
            if (paced) {
                stream.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(AttachEvent event) {
            take(event);
        }

        @Override
        public void onError(Throwable error) {
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }
    }

    private TestViewer() {}

    static TestViewer driver(Channel channel, String paneId, Principal who, long from) {
        return attach(channel, paneId, who, true, from, false);
    }

    static TestViewer watcher(Channel channel, String paneId, Principal who, long from) {
        return attach(channel, paneId, who, false, from, false);
    }

    /// One that takes nothing until [#take(int)].
    static TestViewer stalled(Channel channel, String paneId, Principal who) {
        return attach(channel, paneId, who, false, 0, true);
    }

    private static TestViewer attach(
            Channel channel,
            String paneId,
            Principal who,
            boolean driver,
            long from,
            boolean paced) {
        TestViewer viewer = new TestViewer();
        viewer.receiver.paced = paced;
        var _ = PanesGrpc.newStub(channel).attach(viewer.receiver);
        viewer.send(
                AttachRequest.newBuilder()
                        .setStart(
                                AttachStart.newBuilder()
                                        .setPaneId(paneId)
                                        .setViewer(who)
                                        .setDriver(driver)
                                        .setFromSeq(from))
                        .build());
        return viewer;
    }

    void take(int messages) {
        stream().request(messages);
    }

    void type(String text) {
        type(text.getBytes(StandardCharsets.UTF_8));
    }

    void type(byte[] input) {
        send(AttachRequest.newBuilder().setInput(ByteString.copyFrom(input)).build());
    }

    void resize(int cols, int rows) {
        send(
                AttachRequest.newBuilder()
                        .setResize(Size.newBuilder().setCols(cols).setRows(rows))
                        .build());
    }

    void takeLease(boolean take) {
        send(AttachRequest.newBuilder().setLeaseTake(take).build());
    }

    void send(AttachRequest request) {
        stream().onNext(request);
    }

    synchronized List<AttachEvent> events() {
        return List.copyOf(events);
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /// The number of the byte that is expected next; -1 before the greeting.
    synchronized long next() {
        return next;
    }

    synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean isOver() {
        return over;
    }

    AttachEvent await(Predicate<AttachEvent> wanted) {
        RunningAgent.await(5, () -> events().stream().anyMatch(wanted));
        return events().stream().filter(wanted).findFirst().orElseThrow();
    }

    void awaitText(String wanted) {
        RunningAgent.await(5, () -> text().contains(wanted));
    }

    @Override
    public void close() {
        stream().cancel("cut", null);
    }

    private ClientCallStreamObserver<AttachRequest> stream() {
        ClientCallStreamObserver<AttachRequest> stream = receiver.requests;
        if (stream == null) {
            throw new IllegalStateException("not attached");
        }
        return stream;
    }

    private synchronized void take(AttachEvent event) {
        events.add(event);
        switch (event.getKindCase()) {
            case HELLO -> next = event.getHello().getSeq();
            case SNAPSHOT -> next = event.getSnapshot().getSeq();
            case OUTPUT -> {
                assertEquals(next, event.getOutput().getSeq(), "a gap in the output");
                byte[] data = event.getOutput().getData().toByteArray();
                bytes.writeBytes(data);
                next += data.length;
            }
            case RESIZED, LEASE, EXITED, GONE, KIND_NOT_SET -> {}
        }
    }

    private synchronized void end() {
        over = true;
    }
}
