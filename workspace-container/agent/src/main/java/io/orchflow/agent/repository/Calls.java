package io.orchflow.agent.repository;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/// Answers calls from virtual threads, so that a handler may block, and says refusals in the
/// protocol's terms.
public final class Calls {

    private static final Logger LOG = Logger.getLogger(Calls.class);

    private Calls() {}

    /// A handler's body with one answer.
    public interface Unary<T> {
        T answer() throws IOException, InterruptedException;
    }

    /// A handler's body that sends its answers itself.
    public interface Body {
        void run() throws IOException, InterruptedException;
    }

    public static <T> void unary(StreamObserver<T> observer, Unary<T> body) {
        stream(observer, () -> observer.onNext(body.answer()));
    }

    /// Completes the stream after the body, or fails it.
    public static <T> void stream(StreamObserver<T> observer, Body body) {
        Thread.startVirtualThread(
                () -> {
                    try {
                        body.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        observer.onError(
                                Status.UNAVAILABLE
                                        .withDescription("the agent stops")
                                        .asRuntimeException());
                        return;
                    } catch (IOException | RuntimeException e) {
                        observer.onError(status(e));
                        return;
                    }
                    observer.onCompleted();
                });
    }

    static StatusRuntimeException status(Exception e) {
        return switch (e) {
            case Refusal refusal ->
                    status(refusal.reason())
                            .withDescription(refusal.getMessage())
                            .asRuntimeException();
            case StatusRuntimeException known -> known;
            case CancellationException gone ->
                    Status.CANCELLED.withDescription(gone.getMessage()).asRuntimeException();
            case IllegalArgumentException bad ->
                    Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException();
            default -> {
                LOG.error("a call failed", e);
                yield Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException();
            }
        };
    }

    private static Status status(Refusal.Reason reason) {
        return switch (reason) {
            case BAD_INPUT -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case WRONG_STATE -> Status.FAILED_PRECONDITION;
            case STALE_LEASE -> Status.ABORTED;
            case LIMIT -> Status.RESOURCE_EXHAUSTED;
        };
    }
}
