package io.orchflow.orchestration.worker;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.orchflow.orchestration.tunnel.Tunnel;
import io.orchflow.workspace.v1.ModelBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection of an agent through the workspace agent.
final class CallTunnel implements Tunnel {
    private static final int MOST = 32 << 10;
    private static final long LAST_BYTES_SECONDS = 2;

    private final BlockingClientCall<ModelBytes, ModelBytes> call;
    private final AtomicBoolean closed = new AtomicBoolean();

    CallTunnel(BlockingClientCall<ModelBytes, ModelBytes> call) {
        this.call = call;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        try {
            var message = call.read();
            return message == null ? null : message.getData().toByteArray();
        } catch (StatusException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            for (int from = 0; from < bytes.length; from += MOST) {
                var to = Math.min(bytes.length, from + MOST);
                var part = UnsafeByteOperations.unsafeWrap(Arrays.copyOfRange(bytes, from, to));
                if (!call.write(ModelBytes.newBuilder().setData(part).build())) {
                    throw new IOException("the other end is closed");
                }
            }
        } catch (StatusException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            call.halfClose();
            awaitEnd();
            call.cancel("over", null);
        }
    }

    /// What was written last may still be on its way: a cancelled call would lose it.
    private void awaitEnd() {
        try {
            while (call.read(LAST_BYTES_SECONDS, TimeUnit.SECONDS) != null) {
                // What the agent sends now is for nobody.
            }
        } catch (TimeoutException | StatusException e) {
            // It is over, or nobody at the other end ends it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// At once, whatever is on its way.
    void cancel() {
        if (closed.compareAndSet(false, true)) {
            call.cancel("the swarm is let go", null);
        }
    }
}
