package io.orchflow.agent.attempt;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.model.ModelDoors;
import io.orchflow.agent.repository.Calls;
import io.orchflow.agent.repository.Names;
import io.orchflow.agent.server.AgentService;
import io.orchflow.workspace.v1.ModelBytes;
import io.orchflow.workspace.v1.ModelConnection;
import io.orchflow.workspace.v1.ModelListenRequest;
import io.orchflow.workspace.v1.ModelsGrpc;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The gRPC service `Models`.
@Singleton
@Typed(AgentService.class)
public class ModelsService extends ModelsGrpc.ModelsImplBase implements AgentService {

    private final Attempts attempts;
    private final ModelDoors doors;

    ModelsService(Attempts attempts, ModelDoors doors) {
        this.attempts = attempts;
        this.doors = doors;
    }

    @Override
    public void listen(ModelListenRequest request, StreamObserver<ModelConnection> observer) {
        var call = (ServerCallStreamObserver<ModelConnection>) observer;
        // Empty: the end.
        BlockingQueue<Optional<ModelConnection>> due = new LinkedBlockingQueue<>();
        String swarmId = Names.id("swarm_id", request.getSwarmId());
        var listener =
                new ModelDoors.Listener(
                        swarmId,
                        one ->
                                due.add(
                                        Optional.of(
                                                ModelConnection.newBuilder()
                                                        .setConnectionId(one.id())
                                                        .setAgentId(one.agentId())
                                                        .build())),
                        () -> due.add(Optional.empty()));
        call.setOnCancelHandler(() -> due.add(Optional.empty()));
        Calls.stream(
                observer,
                () -> {
                    attempts.admit(swarmId, request.getFence().getLeaseEpoch());
                    doors.listen(listener);
                    try {
                        for (var next = due.take(); next.isPresent(); next = due.take()) {
                            call.onNext(next.get());
                        }
                    } finally {
                        doors.unlisten(listener);
                    }
                });
    }

    @Override
    public StreamObserver<ModelBytes> connect(StreamObserver<ModelBytes> answers) {
        return new ModelTunnel(doors, (ServerCallStreamObserver<ModelBytes>) answers);
    }
}
