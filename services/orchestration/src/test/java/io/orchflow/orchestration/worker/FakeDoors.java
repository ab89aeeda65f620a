package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.orchflow.workspace.v1.ModelBytes;
import io.orchflow.workspace.v1.ModelConnection;
import io.orchflow.workspace.v1.ModelListenRequest;
import io.orchflow.workspace.v1.ModelsGrpc;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections of attempts to models: what a test sends comes back from whoever listens.
final class FakeDoors extends ModelsGrpc.ModelsImplBase {
    private final FakeAgent agent;
    private final Map<String, StreamObserver<ModelConnection>> listeners =
            new ConcurrentHashMap<>();
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger listened = new AtomicInteger();

    FakeDoors(FakeAgent agent) {
        this.agent = agent;
    }

    /// A connection that an attempt has opened.
    static final class Opened {
        private final byte[] sends;
        private final ByteArrayOutputStream came = new ByteArrayOutputStream();

        Opened(String sends) {
            this.sends = sends.getBytes(StandardCharsets.UTF_8);
        }

        synchronized String came() {
            return came.toString(StandardCharsets.UTF_8);
        }

        private synchronized void add(ByteString bytes) {
            came.writeBytes(bytes.toByteArray());
        }
    }

    /// How often somebody began to listen.
    int listened() {
        return listened.get();
    }

    boolean heard(String swarmId) {
        return listeners.containsKey(swarmId);
    }

    /// An attempt of a swarm connects and sends a text.
    Opened open(String swarmId, String agentId, String sends) {
        var id = "connection-" + number.incrementAndGet();
        var connection = new Opened(sends);
        opened.put(id, connection);
        var listener = listeners.get(swarmId);
        if (listener == null) {
            throw new AssertionError("nobody listens for " + swarmId);
        }
        listener.onNext(
                ModelConnection.newBuilder().setConnectionId(id).setAgentId(agentId).build());
        return connection;
    }

    @Override
    public void listen(ModelListenRequest request, StreamObserver<ModelConnection> to) {
        synchronized (agent) {
            agent.check(request.getFence(), request.getSwarmId());
        }
        listeners.put(request.getSwarmId(), to);
        listened.incrementAndGet();
    }

    @Override
    public StreamObserver<ModelBytes> connect(StreamObserver<ModelBytes> to) {
        return new StreamObserver<>() {
            private Opened connection = new Opened("");

            @Override
            public void onNext(ModelBytes message) {
                if (!message.getConnectionId().isEmpty()) {
                    connection = opened.getOrDefault(message.getConnectionId(), connection);
                    to.onNext(
                            ModelBytes.newBuilder()
                                    .setData(ByteString.copyFrom(connection.sends))
                                    .build());
                }
                connection.add(message.getData());
            }

            @Override
            public void onError(Throwable t) {
                connection.add(ByteString.copyFromUtf8("!"));
            }

            @Override
            public void onCompleted() {
                to.onCompleted();
            }
        };
    }
}
