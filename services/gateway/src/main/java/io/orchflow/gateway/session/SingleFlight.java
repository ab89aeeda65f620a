package io.orchflow.gateway.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Callers that ask for the same key at once share one run of the work. For virtual threads.
final class SingleFlight<T> {

    private final ConcurrentHashMap<String, CompletableFuture<T>> flights =
            new ConcurrentHashMap<>();

    /// Runs the work, or waits for the run under way; its exception is everyone's.
    T share(String key, Supplier<T> work) {
        var mine = new CompletableFuture<T>();
        var other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return joined(other);
        }
        try {
            mine.complete(work.get());
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        } finally {
            flights.remove(key, mine);
        }
        return joined(mine);
    }

    private static <T> T joined(CompletableFuture<T> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
