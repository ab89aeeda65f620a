package io.orchflow.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one bridge between event loops and blocking-style code on virtual threads.
public final class Blocking {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Blocking() {}

    /// Runs on a virtual thread; the future completes on the caller's event loop.
    public static <T> Future<T> call(Vertx vertx, Callable<T> work) {
        Promise<T> promise = ((ContextInternal) vertx.getOrCreateContext()).promise();
        THREADS.execute(
                () -> {
                    try {
                        promise.complete(work.call());
                    } catch (Throwable e) {
                        promise.fail(e);
                    }
                });
        return promise.future();
    }

    /// Waits on a virtual thread.
    ///
    /// @throws IllegalStateException after `seconds`, or with the future's failure as its cause
    public static <T> T await(Future<T> future, long seconds) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("No answer within " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
