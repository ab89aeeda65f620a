package io.orchflow.agent.repository;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes the sender wait while the receiver does not keep up, so that nothing piles up here. To be
/// made in the handler itself, before it returns; used by one thread.
public final class PacedObserver<T> implements StreamObserver<T> {

    private final ServerCallStreamObserver<T> to;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Runnable cancelled = () -> {};

    public PacedObserver(ServerCallStreamObserver<T> to) {
        this.to = to;
        to.setOnReadyHandler(this::wake);
        to.setOnCancelHandler(
                () -> {
                    wake();
                    cancelled.run();
                });
    }

    /// Runs when the receiver goes away.
    public void onCancel(Runnable then) {
        cancelled = then;
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// @throws CancellationException when the receiver is gone
    @Override
    public void onNext(T value) {
        lock.lock();
        try {
            while (!to.isReady() && !to.isCancelled()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (to.isCancelled()) {
            throw new CancellationException("the receiver is gone");
        }
        to.onNext(value);
    }

    @Override
    public void onError(Throwable t) {
        if (!to.isCancelled()) {
            to.onError(t);
        }
    }

    @Override
    public void onCompleted() {
        if (!to.isCancelled()) {
            to.onCompleted();
        }
    }
}
