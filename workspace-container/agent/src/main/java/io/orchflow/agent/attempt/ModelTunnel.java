package io.orchflow.agent.attempt;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.model.ModelDoors;
import io.orchflow.agent.repository.PacedObserver;
import io.orchflow.workspace.v1.ModelBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One connection of an attempt, carried both ways. What comes is written before more is asked for,
/// and what goes waits for the receiver: neither side can fill memory here.
final class ModelTunnel implements StreamObserver<ModelBytes> {

    private static final int CHUNK = 32 << 10;

    private final ModelDoors doors;
    private final PacedObserver<ModelBytes> answers;
    private volatile @Nullable SocketChannel channel;

    ModelTunnel(ModelDoors doors, ServerCallStreamObserver<ModelBytes> answers) {
        this.doors = doors;
        this.answers = new PacedObserver<>(answers);
        this.answers.onCancel(this::close);
    }

    @Override
    public void onNext(ModelBytes message) {
        SocketChannel open = channel;
        if (open == null) {
            open = begin(message.getConnectionId());
        }
        if (open != null) {
            write(open, message.getData().asReadOnlyByteBuffer());
        }
    }

    private @Nullable SocketChannel begin(String connectionId) {
        SocketChannel taken = doors.take(connectionId).orElse(null);
        if (taken == null) {
            answers.onError(
                    Status.NOT_FOUND
                            .withDescription("connection " + connectionId + " is gone")
                            .asRuntimeException());
            return null;
        }
        channel = taken;
        Thread.ofVirtual().name("model-" + connectionId).start(() -> read(taken));
        return taken;
    }

    private void read(SocketChannel from) {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        try (from) {
            while (from.read(buffer) >= 0) {
                byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
                buffer.clear();
                answers.onNext(
                        ModelBytes.newBuilder()
                                .setData(UnsafeByteOperations.unsafeWrap(bytes))
                                .build());
            }
        } catch (IOException | CancellationException e) {
            // Closed by either side: that is the end.
        }
        answers.onCompleted();
    }

    private void write(SocketChannel to, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void onError(Throwable t) {
        close();
    }

    @Override
    public void onCompleted() {
        close();
    }

    private void close() {
        SocketChannel open = channel;
        if (open != null) {
            ModelDoors.quietly(open);
        }
    }
}
