package io.orchflow.terminal.attachment;

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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One viewer of one pane: passes the agent's events on to the socket as fast as it takes them, and
/// the socket's messages to the agent. Nothing here blocks. The agent's events come one after
/// another; everything else may come from any thread.
final class Attachment implements ClientResponseObserver<AttachRequest, AttachEvent> {

    private static final Logger LOG = Logger.getLogger(Attachment.class);
    private static final int LONGEST_MESSAGE = 60 << 10;
    private static final int MOST_UNSENT_INPUT = 1 << 20;

    private final Ticket ticket;
    private final long fromSeq;
    private final Viewer viewer;
    private final Pace pace = new Pace(System.nanoTime());
    private final AtomicBoolean ended = new AtomicBoolean();
    private @Nullable ClientCallStreamObserver<AttachRequest> agent;
    private int unsentInput;
    private volatile boolean demoted;

    Attachment(Ticket ticket, long fromSeq, Viewer viewer) {
        this.ticket = ticket;
        this.fromSeq = fromSeq;
        this.viewer = viewer;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AttachRequest> call) {
        call.disableAutoRequestWithInitial(Pace.AHEAD);
        synchronized (this) {
            agent = call;
        }
    }

    /// Says who views what; the first message to the agent.
    void start() {
        var person =
                Principal.newBuilder()
                        .setKind(Principal.Kind.USER)
                        .setId(ticket.userId())
                        .setName(ticket.name());
        send(
                AttachRequest.newBuilder()
                        .setStart(
                                AttachStart.newBuilder()
                                        .setPaneId(ticket.paneId())
                                        .setViewer(person)
                                        .setDriver(ticket.role() == PaneRole.DRIVER)
                                        .setFromSeq(fromSeq))
                        .build());
    }

    @Override
    public void onNext(AttachEvent event) {
        switch (event.getKindCase()) {
            case HELLO -> viewer.text(Frames.hello(ticket.paneId(), event.getHello()));
            case OUTPUT ->
                    binary(Frames.output(event.getOutput().getSeq(), event.getOutput().getData()));
            case SNAPSHOT -> {
                var snapshot = event.getSnapshot();
                viewer.text(Frames.snapshot(snapshot));
                binary(Frames.output(snapshot.getSeq(), snapshot.getRepaint()));
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
                    case NOT_FOUND -> Closing.PANE_GONE;
                    case PERMISSION_DENIED -> Closing.REVOKED;
                    default -> Closing.ELSEWHERE;
                });
    }

    @Override
    public void onCompleted() {
        end(Closing.ELSEWHERE);
    }

    /// Raw input of the viewer.
    void input(Buffer bytes) {
        if (bytes.length() > LONGEST_MESSAGE) {
            refuse(tooLarge(bytes.length()));
        } else if (!demoted && ticket.role() == PaneRole.DRIVER && bytes.length() > 0) {
            send(
                    AttachRequest.newBuilder()
                            .setInput(UnsafeByteOperations.unsafeWrap(bytes.getBytes()))
                            .build());
        }
    }

    /// A text message of the viewer.
    void message(String text) {
        if (text.length() > LONGEST_MESSAGE) {
            refuse(tooLarge(text.length()));
            return;
        }
        switch (ClientMessage.parse(text)) {
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

    /// Grants cannot be checked: this viewer may only look on until they can.
    void demote() {
        demoted = true;
        send(AttachRequest.newBuilder().setLeaseTake(false).build());
        refuse(
                Problems.forbidden(
                                "demoted",
                                "Your permission cannot be checked now; you can only look on.")
                        .problem());
    }

    void restore() {
        demoted = false;
    }

    /// Ends both sides. Does nothing the second time.
    void end(Closing closing) {
        if (ended.compareAndSet(false, true)) {
            viewer.close(closing);
            cancel(closing.reason());
        }
    }

    /// The socket is gone.
    void left() {
        if (ended.compareAndSet(false, true)) {
            cancel("viewer left");
        }
    }

    /// How long the viewer has taken nothing of what is on its way, in nanoseconds.
    long stuckNanos() {
        return pace.stuck(System.nanoTime());
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

    private static Problem tooLarge(int size) {
        return Problems.tooLarge(
                        "A message has " + size + " bytes; at most " + LONGEST_MESSAGE + ".")
                .problem();
    }

    private void binary(Buffer frame) {
        var size = frame.length();
        pace.handed(size, System.nanoTime());
        viewer.binary(frame, () -> ask(pace.taken(size, System.nanoTime())));
    }

    private void ask(int events) {
        var call = agent;
        if (events > 0 && call != null && !ended.get()) {
            call.request(events);
        }
    }

    private void send(AttachRequest request) {
        var tooMuch = false;
        synchronized (this) {
            if (agent == null || ended.get()) {
                return;
            }
            unsentInput = agent.isReady() ? 0 : unsentInput + request.getInput().size();
            tooMuch = unsentInput > MOST_UNSENT_INPUT;
            if (!tooMuch) {
                agent.onNext(request);
            }
        }
        if (tooMuch) {
            end(Closing.TOO_SLOW);
        }
    }

    private synchronized void cancel(String why) {
        if (agent != null) {
            agent.cancel(why, null);
        }
    }
}
