package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.CollectRequest;
import io.orchflow.workspace.v1.Fence;
import io.orchflow.workspace.v1.GetAttemptRequest;
import io.orchflow.workspace.v1.LaunchRequest;
import io.orchflow.workspace.v1.ModelBytes;
import io.orchflow.workspace.v1.ModelConnection;
import io.orchflow.workspace.v1.ModelListenRequest;
import io.orchflow.workspace.v1.ModelsGrpc;
import io.orchflow.workspace.v1.ReadFileRequest;
import io.orchflow.workspace.v1.RepositoryGrpc;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The way from an attempt's sandbox to whoever answers for a model.
class ModelsIT {

    /// Asks the model for a long answer and keeps what came, with the status before it.
    private static final String ASK =
            """
            node -e '
            fetch(`http://${process.env.ORCHFLOW_MODEL_ADDRESS}/v1/models`, {method: "POST", body: "x".repeat(100000)})
              .then(async r => require("fs").writeFileSync("answer", r.status + "\\n" + await r.text()))'
            """;

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @Test
    void whatACommandSendsComesOutWithItsName() throws Exception {
        String agentId = fresh();
        Iterator<ModelConnection> connections = listen(agentId, 1);
        launch(agentId, ASK, true);

        ModelConnection connection = connections.next();
        assertEquals(agentId, connection.getAgentId());
        String body = "y".repeat(700_000);
        String request = answer(connection.getConnectionId(), body);

        assertTrue(request.startsWith("POST /v1/models HTTP/1.1\r\n"), request);
        assertEquals("200\n" + body, written(agentId));
    }

    @Test
    void whereNobodyListensTheCommandIsToldToComeAgain() throws Exception {
        String agentId = fresh();
        launch(agentId, ASK, true);

        assertEquals("503\n", written(agentId));
    }

    @Test
    void aConnectionIsTakenOnce() throws Exception {
        String agentId = fresh();
        Iterator<ModelConnection> connections = listen(agentId, 1);
        launch(agentId, ASK, true);
        String connectionId = connections.next().getConnectionId();
        answer(connectionId, "hello");

        var failed = new Answers();
        StreamObserver<ModelBytes> again = models().connect(failed);
        again.onNext(ModelBytes.newBuilder().setConnectionId(connectionId).build());

        Throwable why = failed.ended.handle((_, failure) -> failure).get(5, TimeUnit.SECONDS);
        assertEquals(Status.Code.NOT_FOUND, Status.fromThrowable(why).getCode());
    }

    @Test
    void aNewWorkerTakesOverAndTheOldOneIsRefused() throws Exception {
        String agentId = fresh();
        Iterator<ModelConnection> old = listen(agentId, 1);
        launch(agentId, "sleep 0.5; " + ASK, true);
        Iterator<ModelConnection> present = listen(agentId, 2);

        answer(present.next().getConnectionId(), "from the new one");

        assertEquals("200\nfrom the new one", written(agentId));
        assertTrue(!old.hasNext());
        var refused =
                assertThrows(StatusRuntimeException.class, () -> listen(agentId, 1).hasNext());
        assertEquals(Status.Code.ABORTED, refused.getStatus().getCode());
    }

    @Test
    void withoutAModelThereIsNoWay() throws Exception {
        String agentId = fresh();
        launch(agentId, "echo \"${ORCHFLOW_MODEL_ADDRESS-none}\" > answer", false);

        assertEquals("none\n", written(agentId));
    }

    @Test
    void theWayIsThereAgainAfterTheAgentWasKilled() throws Exception {
        try (RunningAgent mortal = RunningAgent.start()) {
            String agentId = fresh();
            var _ =
                    AttemptsGrpc.newBlockingStub(mortal.as("orchestration"))
                            .launch(
                                    request(
                                            agentId,
                                            "while [ ! -e go ]; do sleep 0.05; done; " + ASK,
                                            true));
            mortal.kill();
            mortal.run();
            Files.createFile(mortal.workspace().resolve("clones").resolve(agentId).resolve("go"));
            Iterator<ModelConnection> connections =
                    ModelsGrpc.newBlockingStub(mortal.as("orchestration"))
                            .listen(listenRequest(agentId, 1));
            var done = new Answers();
            serve(
                    ModelsGrpc.newStub(mortal.as("orchestration")),
                    connections.next().getConnectionId(),
                    "found again",
                    done);
            done.ended.get(10, TimeUnit.SECONDS);
        }
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static Fence fence(String requestId, long epoch) {
        return Fence.newBuilder().setRequestId(requestId).setLeaseEpoch(epoch).build();
    }

    private static LaunchRequest request(String agentId, String script, boolean model) {
        return LaunchRequest.newBuilder()
                .setFence(fence("launch-" + agentId, 1))
                .setSwarmId("swarm-" + agentId)
                .setTaskId("task")
                .setAgentId(agentId)
                .setRole("developer")
                .addCommand("/bin/bash")
                .addCommand("-c")
                .addCommand(script)
                .setModel(model)
                .build();
    }

    private static void launch(String agentId, String script, boolean model) {
        var _ = attempts().launch(request(agentId, script, model));
    }

    private static AttemptsGrpc.AttemptsBlockingStub attempts() {
        return AttemptsGrpc.newBlockingStub(agent.as("orchestration"))
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static ModelsGrpc.ModelsStub models() {
        return ModelsGrpc.newStub(agent.as("orchestration"));
    }

    private static ModelListenRequest listenRequest(String agentId, long epoch) {
        return ModelListenRequest.newBuilder()
                .setSwarmId("swarm-" + agentId)
                .setFence(fence(fresh(), epoch))
                .build();
    }

    private static Iterator<ModelConnection> listen(String agentId, long epoch) {
        return ModelsGrpc.newBlockingStub(agent.as("orchestration"))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listen(listenRequest(agentId, epoch));
    }

    /// What comes back on a connection, until it ends.
    private static final class Answers implements StreamObserver<ModelBytes> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Void> asked = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void onNext(ModelBytes message) {
            bytes.writeBytes(message.getData().toByteArray());
            String so = bytes.toString(UTF_8);
            if (so.endsWith("x".repeat(100)) && so.length() > 100_000) {
                asked.complete(null);
            }
        }

        @Override
        public void onError(Throwable t) {
            ended.completeExceptionally(t);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }

    private static String answer(String connectionId, String body) throws Exception {
        var came = new Answers();
        serve(models(), connectionId, body, came);
        return came.bytes.toString(UTF_8);
    }

    private static void serve(
            ModelsGrpc.ModelsStub stub, String connectionId, String body, Answers came)
            throws Exception {
        StreamObserver<ModelBytes> way = stub.connect(came);
        way.onNext(ModelBytes.newBuilder().setConnectionId(connectionId).build());
        came.asked.get(10, TimeUnit.SECONDS);
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
        byte[] all = (head + body).getBytes(UTF_8);
        for (int from = 0; from < all.length; from += 32_768) {
            int length = Math.min(32_768, all.length - from);
            way.onNext(
                    ModelBytes.newBuilder()
                            .setData(ByteString.copyFrom(all, from, length))
                            .build());
        }
        way.onCompleted();
    }

    /// The file `answer` of an attempt that has ended.
    private static String written(String agentId) {
        await(
                15,
                () ->
                        attempts()
                                        .get(
                                                GetAttemptRequest.newBuilder()
                                                        .setAgentId(agentId)
                                                        .build())
                                        .getState()
                                == Attempt.State.EXITED);
        String commit =
                attempts()
                        .collect(
                                CollectRequest.newBuilder()
                                        .setAgentId(agentId)
                                        .setFence(fence(fresh(), 2))
                                        .setSubject("Leftovers")
                                        .build())
                        .getCommit();
        return RepositoryGrpc.newBlockingStub(agent.as("orchestration"))
                .readFile(ReadFileRequest.newBuilder().setCommit(commit).setPath("answer").build())
                .getContent()
                .toStringUtf8();
    }
}
