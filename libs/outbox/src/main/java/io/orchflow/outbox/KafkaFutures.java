package io.orchflow.outbox;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Waits for what Kafka's clients promise; each promise has a time limit of the client's settings.
final class KafkaFutures {
    private KafkaFutures() {}

    /// @throws KafkaException what the broker or the client answered
    static <T extends @Nullable Object> T await(Future<T> promise) {
        try {
            return promise.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException k ? k : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
