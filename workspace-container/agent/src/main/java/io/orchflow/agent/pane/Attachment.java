package io.orchflow.agent.pane;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachRequest;
import io.orchflow.workspace.v1.AttachStart;
import org.jspecify.annotations.Nullable;

/// One `Attach` stream. Its requests come one at a time.
final class Attachment implements StreamObserver<AttachRequest>, ViewerSink {

    /// Bytes of input a message.
    private static final int MAX_INPUT = 60 * 1024;

    private record Attached(TmuxPane pane, Viewer viewer, Principal who, boolean driver) {}

    private final PaneRegistry panes;
    private final ServerCallStreamObserver<AttachEvent> events;
    private @Nullable Attached attached;
    private boolean over;

    Attachment(PaneRegistry panes, ServerCallStreamObserver<AttachEvent> events) {
        this.panes = panes;
        this.events = events;
    }

    void prepare() {
        events.setOnReadyHandler(this::ready);
        events.setOnCancelHandler(this::leave);
    }

    @Override
    public void onNext(AttachRequest request) {
        Attached now = attached();
        if (request.hasStart()) {
            if (now != null) {
                throw Wire.invalid("start was sent twice");
            }
            start(request.getStart());
            return;
        }
        if (now == null) {
            throw Wire.invalid("the first message must be start");
        }
        switch (request.getKindCase()) {
            case INPUT -> input(now, request.getInput().toByteArray());
            case RESIZE -> {
                var size = request.getResize();
                if (now.driver) {
                    now.pane.resizeFrom(now.who, size(size.getCols(), size.getRows()));
                }
            }
            case ACK_SEQ -> now.pane.output().acknowledge(now.viewer, request.getAckSeq());
            case LEASE_TAKE -> lease(now, request.getLeaseTake());
            case START, KIND_NOT_SET -> {}
        }
    }

    @Override
    public void onError(Throwable error) {
        leave();
    }

    @Override
    public void onCompleted() {
        leave();
        events.onCompleted();
    }

    @Override
    public boolean isReady() {
        return events.isReady();
    }

    @Override
    public void send(AttachEvent event) {
        events.onNext(event);
    }

    @Override
    public void complete() {
        events.onCompleted();
    }

    private void start(AttachStart start) {
        Principal who = Wire.principal(start.getViewer());
        if (start.getFromSeq() < 0) {
            throw Wire.invalid("from_seq is " + start.getFromSeq() + ", allowed are 0 and more");
        }
        TmuxPane pane = panes.get(start.getPaneId());
        Viewer viewer = pane.attach(this, who, start.getDriver(), start.getFromSeq());
        boolean late;
        synchronized (this) {
            attached = new Attached(pane, viewer, who, start.getDriver());
            late = over;
        }
        if (late) {
            pane.detach(viewer, who);
        }
        viewer.signal();
    }

    private void ready() {
        Attached now = attached();
        if (now != null) {
            now.viewer.signal();
        }
    }

    private void leave() {
        Attached last;
        synchronized (this) {
            last = over ? null : attached;
            over = true;
        }
        if (last != null) {
            last.pane.detach(last.viewer, last.who);
        }
    }

    private synchronized @Nullable Attached attached() {
        return attached;
    }

    private static void input(Attached now, byte[] bytes) {
        if (bytes.length > MAX_INPUT) {
            throw Wire.invalid("input has " + bytes.length + " bytes, allowed are " + MAX_INPUT);
        }
        if (now.driver) {
            now.pane.inputFrom(now.who, bytes);
        }
    }

    private static void lease(Attached now, boolean take) {
        if (!take) {
            now.pane.giveUpLease(now.who);
        } else if (now.driver) {
            now.pane.takeLease(now.who);
        }
    }

    private static Size size(int cols, int rows) {
        try {
            return new Size(cols, rows);
        } catch (IllegalArgumentException e) {
            throw Wire.invalid(String.valueOf(e.getMessage()));
        }
    }
}
