package io.orchflow.agent.attempt;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.orchflow.agent.pane.OutputFollower;
import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.PaneExit;
import io.orchflow.workspace.v1.TerminalEvent;
import io.orchflow.workspace.v1.TerminalExit;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A terminal's output on its way to whoever opened it. To be made in the handler itself, before it
/// returns.
final class TerminalStream implements OutputFollower {

    private final ServerCallStreamObserver<TerminalEvent> to;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile OutputFollower.@Nullable Following following;

    TerminalStream(ServerCallStreamObserver<TerminalEvent> to) {
        this.to = to;
        to.setOnReadyHandler(this::goOn);
        to.setOnCancelHandler(over::countDown);
    }

    /// Returns when the terminal has ended, or nobody listens any more.
    void run(Pane pane) throws InterruptedException {
        to.onNext(TerminalEvent.newBuilder().setOpened(pane.paneId()).build());
        try (var now = pane.follow(this)) {
            following = now;
            goOn(); // It may have become ready before anybody could be told.
            over.await();
        }
    }

    private void goOn() {
        var now = following;
        if (now != null) {
            now.goOn();
        }
    }

    @Override
    public boolean isReady() {
        return to.isReady() && !to.isCancelled();
    }

    @Override
    public void output(byte[] bytes) {
        to.onNext(
                TerminalEvent.newBuilder()
                        .setOutput(UnsafeByteOperations.unsafeWrap(bytes))
                        .build());
    }

    @Override
    public void gap() {
        to.onNext(TerminalEvent.newBuilder().setGap(true).build());
    }

    @Override
    public void exited(PaneExit exit) {
        var ended = TerminalExit.newBuilder();
        if (exit.exitCode() != null) {
            ended.setExitCode(exit.exitCode());
        }
        to.onNext(TerminalEvent.newBuilder().setExited(ended).build());
        over.countDown();
    }
}
