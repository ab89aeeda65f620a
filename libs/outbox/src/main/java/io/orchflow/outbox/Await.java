package io.orchflow.outbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/// The one bridge from Vert.x futures to (virtual) threads that may wait.
final class Await {
    private Await() {}

    static <T> T result(Future<T> future) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("waiting for the database on an event loop thread");
        }
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException r) {
                throw r;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}
