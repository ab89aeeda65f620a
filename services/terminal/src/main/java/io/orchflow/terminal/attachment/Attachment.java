package io.orchflow.terminal.attachment;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orchflow.problem.Problem;
import io.orchflow.problem.Problems;
import io.orchflow.terminal.ticket.PaneRole;
import io.orchflow.terminal.ticket.Ticket;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachRequest;
import io.orchflow.workspace.v1.AttachStart;
import io.orchflow.workspace.v1.Principal;
import io.orchflow.workspace.v1.Size;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One viewer of one pane: passes the agent's events on to the socket as fast as it takes them, and
/// the socket's messages to the agent as fast as that one does. Nothing here blocks. The agent's
/// events come one after another; everything else may come from any thread.
final class Attachment implements ClientResponseObserver<AttachRequest, AttachEvent>, Viewing {

    private static final Logger LOG = Logger.getLogger(Attachment.class);

    /// Bytes of input that may wait for the agent, where a socket has one pane.
    static final int MOST_WAITING = 256 << 10;

    /// Bytes of a client's message.
    static final int LONGEST_MESSAGE = 60 << 10;

    private final Ticket ticket;
    private final long fromSeq;
    private final Viewer viewer;
    private final Flow flow;
    private final Pace pace;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Deque<AttachRequest> waiting = new ArrayDeque<>();
    private @Nullable ClientCallStreamObserver<AttachRequest> agent;
    private boolean started;
    private long sentAt = System.nanoTime();
    private volatile boolean greeted;
    private volatile boolean demoted;

    Attachment(Ticket ticket, long fromSeq, Viewer viewer, Flow flow) {
        this.ticket = ticket;
        this.fromSeq = fromSeq;
        this.viewer = viewer;
        this.flow = flow;
        this.pace = new Pace(flow, System.nanoTime());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AttachRequest> call) {
        call.disableAutoRequestWithInitial(Pace.AHEAD);
        call.setOnReadyHandler(this::forward);
        synchronized (this) {
            agent = call;
        }
    }

    /// Says who views what, the first message to the agent, and then what came before.
    void start() {
        var person =
                Principal.newBuilder()
                        .setKind(Principal.Kind.USER)
                        .setId(ticket.userId())
                        .setName(ticket.name());
        var start =
                AttachStart.newBuilder()
                        .setPaneId(ticket.paneId())
                        .setViewer(person)
                        .setDriver(ticket.role() == PaneRole.DRIVER)
                        .setFromSeq(fromSeq);
        synchronized (this) {
            if (agent == null || ended.get()) {
                cancel("viewer left");
                return;
            }
            started = true;
            agent.onNext(AttachRequest.newBuilder().setStart(start).build());
            forward();
        }
    }

    @Override
    public void onNext(AttachEvent event) {
        switch (event.getKindCase()) {
            case HELLO -> {
                greeted = true;
                viewer.text(Frames.hello(ticket.paneId(), event.getHello()));
            }
            case OUTPUT -> output(event.getOutput().getSeq(), event.getOutput().getData());
            case SNAPSHOT -> {
                var snapshot = event.getSnapshot();
                viewer.text(Frames.snapshot(snapshot));
                output(snapshot.getSeq(), snapshot.getRepaint());
            }
            case RESIZED -> viewer.text(Frames.resize(event.getResized()));
            case LEASE -> viewer.text(Frames.lease(event.getLease()));
            case EXITED -> viewer.text(Frames.exit(event.getExited()));
            case GONE -> end(Closing.PANE_GONE);
            case KIND_NOT_SET -> LOG.debugf("Unknown event skipped paneId=%s", ticket.paneId());
        }
        ask(pace.done());
    }

    @Override
    public void onError(Throwable error) {
        var status = Status.fromThrowable(error);
        if (!ended.get()) {
            LOG.infof(
                    "Attachment ended by the agent paneId=%s status=%s",
                    ticket.paneId(), status.getCode());
        }
        end(
                switch (status.getCode()) {
                    case NOT_FOUND -> greeted ? Closing.PANE_GONE : Closing.NO_PANE;
                    case PERMISSION_DENIED -> Closing.FORBIDDEN;
                    case UNAVAILABLE, CANCELLED -> Closing.AGENT_AWAY;
                    default -> Closing.ELSEWHERE;
                });
    }

    @Override
    public void onCompleted() {
        end(Closing.ELSEWHERE);
    }

    @Override
    public void input(Buffer bytes) {
        if (bytes.length() > LONGEST_MESSAGE) {
            refuse(tooLarge(bytes.length()));
        } else if (!demoted && ticket.role() == PaneRole.DRIVER && bytes.length() > 0) {
            send(
                    AttachRequest.newBuilder()
                            .setInput(UnsafeByteOperations.unsafeWrap(bytes.getBytes()))
                            .build());
        }
    }

    @Override
    public void message(String text) {
        if (text.length() > LONGEST_MESSAGE) {
            refuse(tooLarge(text.length()));
        } else {
            message(ClientMessage.parse(text));
        }
    }

    void message(ClientMessage message) {
        switch (message) {
            case ClientMessage.Resize(var cols, var rows) ->
                    sendAsDriver(
                            AttachRequest.newBuilder()
                                    .setResize(Size.newBuilder().setCols(cols).setRows(rows))
                                    .build());
            case ClientMessage.Ack(var seq) ->
                    send(AttachRequest.newBuilder().setAckSeq(seq).build());
            case ClientMessage.Lease(var take) -> lease(take);
            case ClientMessage.Unknown(var why) ->
                    refuse(Problems.badInput("message", "unknown", why).problem());
        }
    }

    @Override
    public void demote() {
        demoted = true;
        send(AttachRequest.newBuilder().setLeaseTake(false).build());
        refuse(
                Problems.forbidden(
                                "demoted",
                                "Your permission cannot be checked now; you can only look on.")
                        .problem());
    }

    @Override
    public void restore() {
        demoted = false;
    }

    @Override
    public void end(Closing closing) {
        if (ended.compareAndSet(false, true)) {
            viewer.close(closing);
            cancel(closing.reason());
        }
    }

    @Override
    public void left() {
        if (ended.compareAndSet(false, true)) {
            cancel("viewer left");
        }
    }

    @Override
    public void endStuck(Duration patience) {
        if (outputStuck(patience) || inputStuck(patience)) {
            LOG.infof("Viewer too slow paneId=%s", ticket.paneId());
            end(Closing.TOO_SLOW);
        }
    }

    @Override
    public int panes() {
        return 1;
    }

    /// The viewer has taken nothing for so long of what is on its way.
    boolean outputStuck(Duration patience) {
        return pace.stuck(System.nanoTime()) > patience.toNanos();
    }

    /// The agent has taken nothing for so long of what the viewer typed.
    synchronized boolean inputStuck(Duration patience) {
        return !waiting.isEmpty() && System.nanoTime() - sentAt > patience.toNanos();
    }

    String paneId() {
        return ticket.paneId();
    }

    private void lease(boolean take) {
        if (ticket.role() == PaneRole.DRIVER && !demoted) {
            send(AttachRequest.newBuilder().setLeaseTake(take).build());
        } else if (take) {
            refuse(
                    Problems.forbidden("viewer", "A viewer cannot take the lease of a pane.")
                            .problem());
        }
    }

    private void sendAsDriver(AttachRequest request) {
        if (ticket.role() == PaneRole.DRIVER && !demoted) {
            send(request);
        }
    }

    private void refuse(Problem problem) {
        viewer.text(Frames.error(problem));
    }

    static Problem tooLarge(int size) {
        return Problems.tooLarge(
                        "A message has " + size + " bytes; at most " + LONGEST_MESSAGE + ".")
                .problem();
    }

    private void output(long seq, ByteString data) {
        var size = Frames.SEQ_BYTES + data.size();
        pace.handed(size, System.nanoTime());
        viewer.output(seq, data, () -> ask(pace.taken(size, System.nanoTime())));
    }

    private void ask(int events) {
        var call = agent;
        if (events > 0 && call != null && !ended.get()) {
            call.request(events);
        }
    }

    private synchronized void send(AttachRequest request) {
        if (ended.get()) {
            return;
        }
        if (waiting.isEmpty()) {
            sentAt = System.nanoTime();
        }
        flow.hold(request.getSerializedSize());
        waiting.add(request);
        forward();
    }

    /// Sends what waits, as far as the agent takes it; called again once it takes more.
    private synchronized void forward() {
        while (started && agent != null && agent.isReady() && !waiting.isEmpty()) {
            var request = waiting.remove();
            sentAt = System.nanoTime();
            flow.release(request.getSerializedSize());
            agent.onNext(request);
        }
    }

    private synchronized void cancel(String why) {
        waiting.forEach(request -> flow.release(request.getSerializedSize()));
        waiting.clear();
        if (agent != null) {
            agent.cancel(why, null);
        }
    }
}
