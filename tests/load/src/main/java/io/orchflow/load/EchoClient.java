package io.orchflow.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Sends one key at a time to a program that echoes it, over a WebSocket.
final class EchoClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Semaphore echoes = new Semaphore(0);
    private final int header;
    private final WebSocket socket;

    /// @param header bytes of each frame before the program's output
    EchoClient(URI uri, int header) {
        this.header = header;
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
        echoes.release(Math.max(0, data.remaining() - header));
        ws.request(1);
        return CompletableFuture.completedFuture(null);
    }

    /// Waits for the program's first byte.
    EchoClient awaitReady() throws InterruptedException {
        if (!echoes.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program said nothing for 10 s");
        }
        return this;
    }

    /// The times from key to echo, in nanoseconds; the next key begins once the last one is back
    /// and the pause is over.
    long[] type(int keys, Duration pause) throws InterruptedException {
        long[] nanos = new long[keys];
        for (int i = 0; i < keys; i++) {
            echoes.drainPermits();
            long started = System.nanoTime();
            socket.sendBinary(ByteBuffer.wrap(new byte[] {'x'}), true).join();
            if (!echoes.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no echo of key " + i + " for 5 s");
            }
            nanos[i] = System.nanoTime() - started;
            LockSupport.parkNanos(pause.toNanos() - nanos[i]);
        }
        return nanos;
    }

    /// All type at the same time, each at its own moment of the pause.
    static Distribution typeTogether(List<EchoClient> clients, int keys, Duration pause)
            throws InterruptedException {
        List<Future<long[]>> typing = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (EchoClient client : clients) {
                long phase = ThreadLocalRandom.current().nextLong(1 + pause.toNanos());
                typing.add(
                        threads.submit(
                                () -> {
                                    LockSupport.parkNanos(phase);
                                    return client.type(keys, pause);
                                }));
            }
        }
        return new Distribution(typing.stream().map(EchoClient::result).toList());
    }

    private static long[] result(Future<long[]> typed) {
        try {
            return typed.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
