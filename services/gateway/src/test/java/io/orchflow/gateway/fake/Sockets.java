package io.orchflow.gateway.fake;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// WebSocket clients and bounded waits for tests.
public final class Sockets {

    private Sockets() {}

    public static Future<WebSocket> connect(int port, String path, Map<String, String> headers) {
        var options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        headers.forEach(options::addHeader);
        return FakeServices.get().vertx.createWebSocketClient().connect(options);
    }

    public static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    /// Polls every 20 ms for at most 5 s.
    public static boolean await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(Duration.ofSeconds(5));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return true;
    }
}
