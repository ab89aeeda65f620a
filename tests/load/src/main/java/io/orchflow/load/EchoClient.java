package io.orchflow.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends one key at a time to a program that echoes it, over a WebSocket.
final class EchoClient implements WebSocket.Listener, AutoCloseable {
    private final Semaphore echoes = new Semaphore(0);
    private final int header;
    private final WebSocket socket;

    /// @param header bytes of each frame before the program's output
    EchoClient(URI uri, int header) {
        this.header = header;
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
        echoes.release(Math.max(0, data.remaining() - header));
        ws.request(1);
        return CompletableFuture.completedFuture(null);
    }

    /// Waits for the program's first byte.
    void awaitReady() throws InterruptedException {
        if (!echoes.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program said nothing for 10 s");
        }
    }

    Distribution measure(int keys) throws InterruptedException {
        long[] nanos = new long[keys];
        for (int i = 0; i < keys; i++) {
            echoes.drainPermits();
            long started = System.nanoTime();
            socket.sendBinary(ByteBuffer.wrap(new byte[] {'x'}), true).join();
            if (!echoes.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no echo of key " + i + " for 5 s");
            }
            nanos[i] = System.nanoTime() - started;
        }
        return new Distribution(nanos);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
