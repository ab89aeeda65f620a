package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.runs;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.CheckEvent;
import io.orchflow.workspace.v1.CheckRequest;
import io.orchflow.workspace.v1.CheckResult;
import io.orchflow.workspace.v1.CollectRequest;
import io.orchflow.workspace.v1.Collected;
import io.orchflow.workspace.v1.CommitMergeRequest;
import io.orchflow.workspace.v1.CommittedMerge;
import io.orchflow.workspace.v1.ControlRequest;
import io.orchflow.workspace.v1.DiffRequest;
import io.orchflow.workspace.v1.DiscardRequest;
import io.orchflow.workspace.v1.Fence;
import io.orchflow.workspace.v1.GetAttemptRequest;
import io.orchflow.workspace.v1.LaunchRequest;
import io.orchflow.workspace.v1.ListFilesRequest;
import io.orchflow.workspace.v1.PrepareMergeRequest;
import io.orchflow.workspace.v1.PreparedMerge;
import io.orchflow.workspace.v1.RepositoryGrpc;
import io.orchflow.workspace.v1.WatchAttemptsRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Swarm work through the agent's own door: attempts, checks, merges, and a restart in the middle.
class SwarmIT {

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    private static AttemptsGrpc.AttemptsBlockingStub attempts() {
        return AttemptsGrpc.newBlockingStub(agent.as("orchestration"))
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static RepositoryGrpc.RepositoryBlockingStub repository() {
        return RepositoryGrpc.newBlockingStub(agent.as("orchestration"));
    }

    private static Fence fence(String requestId, long epoch) {
        return Fence.newBuilder().setRequestId(requestId).setLeaseEpoch(epoch).build();
    }

    private static LaunchRequest launch(String agentId, String script) {
        return LaunchRequest.newBuilder()
                .setFence(fence("launch-" + agentId, 1))
                .setSwarmId("swarm-" + agentId)
                .setTaskId("task")
                .setAgentId(agentId)
                .setRole("developer")
                .addCommand("/bin/bash")
                .addCommand("-c")
                .addCommand(script)
                .setInputFile(ByteString.copyFromUtf8("{\"name\":\"books\"}"))
                .build();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static Attempt get(String agentId) {
        return attempts().get(GetAttemptRequest.newBuilder().setAgentId(agentId).build());
    }

    private static Attempt awaitExit(String agentId) {
        await(10, () -> get(agentId).getState() == Attempt.State.EXITED);
        return get(agentId);
    }

    private static Attempt control(String agentId, ControlRequest.Action action, long epoch) {
        return attempts()
                .control(
                        ControlRequest.newBuilder()
                                .setAgentId(agentId)
                                .setAction(action)
                                .setFence(fence(fresh(), epoch))
                                .build());
    }

    private static Collected collect(String agentId) {
        return attempts()
                .collect(
                        CollectRequest.newBuilder()
                                .setAgentId(agentId)
                                .setFence(fence(fresh(), 1))
                                .setSubject("Leftovers")
                                .build());
    }

    private static CheckResult check(String commit, String command, ByteArrayOutputStream output) {
        Iterator<CheckEvent> events =
                repository()
                        .check(
                                CheckRequest.newBuilder()
                                        .setCommit(commit)
                                        .setCommand(command)
                                        .setTimeoutSeconds(30)
                                        .build());
        while (true) {
            CheckEvent event = events.next();
            if (event.hasResult()) {
                assertFalse(events.hasNext());
                return event.getResult();
            }
            output.writeBytes(event.getOutput().toByteArray());
        }
    }

    @Test
    void workIsDoneCollectedCheckedAndMerged() throws Exception {
        String agentId = fresh();
        Attempt launched =
                attempts()
                        .launch(
                                launch(
                                        agentId,
                                        "cat $ORCHFLOW_INPUT > input.json; echo 'echo works' > run.sh; echo visible; sleep 0.3"));
        assertTrue(runs(launched.getPid()));
        assertEquals(agentId, agent.pane(launched.getPaneId()).getAgentId());
        Attempt exited = awaitExit(agentId);
        assertEquals(0, exited.getExitCode());
        assertFalse(exited.hasPid());
        assertEquals("sandboxed", exited.getAssurance());

        Collected collected = collect(agentId);

        assertEquals(java.util.List.of("input.json", "run.sh"), collected.getChangedPathsList());
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        CheckResult passed =
                check(collected.getCommit(), "sh run.sh && grep -q books input.json", output);
        assertEquals(0, passed.getExitCode());
        assertEquals("works\n", output.toString(UTF_8));
        assertEquals("sandboxed", passed.getAssurance());
        assertEquals(2, check(collected.getBaseCommit(), "sh run.sh", output).getExitCode());

        PreparedMerge prepared =
                repository()
                        .prepareMerge(
                                PrepareMergeRequest.newBuilder()
                                        .setCommit(collected.getCommit())
                                        .build());
        CommittedMerge merged =
                repository()
                        .commitMerge(
                                CommitMergeRequest.newBuilder()
                                        .setExpectedMain(prepared.getExpectedMain())
                                        .setMergedCommit(prepared.getMergedCommit())
                                        .build());

        assertEquals("", merged.getCheckoutNotice());
        assertEquals(
                "echo works\n",
                Files.readString(agent.workspace().resolve("main").resolve("run.sh")));
        assertTrue(
                repository()
                        .listFiles(ListFilesRequest.getDefaultInstance())
                        .getPathsList()
                        .contains("run.sh"));
        Iterator<io.orchflow.workspace.v1.Chunk> diff =
                repository()
                        .diff(
                                DiffRequest.newBuilder()
                                        .setBase(collected.getBaseCommit())
                                        .setCommit(collected.getCommit())
                                        .build());
        assertTrue(diff.next().getData().toStringUtf8().contains("+echo works"));
        var _ =
                attempts()
                        .discard(
                                DiscardRequest.newBuilder()
                                        .setAgentId(agentId)
                                        .setFence(fence(fresh(), 1))
                                        .build());
        assertFalse(Files.exists(agent.workspace().resolve("clones").resolve(agentId)));
    }

    @Test
    void frozenPanePutsNothingOut() {
        String agentId = fresh();
        Attempt launched =
                attempts()
                        .launch(
                                launch(
                                        agentId,
                                        "n=0; while :; do n=$((n+1)); echo $n; sleep 0.01; done"));
        await(5, () -> agent.pane(launched.getPaneId()).getNextSeq() > 50);

        assertEquals(
                Attempt.State.FROZEN, control(agentId, ControlRequest.Action.FREEZE, 1).getState());
        // What the program wrote before is still on its way through tmux.
        long[] seq = {-1};
        await(5, () -> seq[0] == (seq[0] = agent.pane(launched.getPaneId()).getNextSeq()));
        java.util.concurrent.locks.LockSupport.parkNanos(1_500_000_000L);
        assertEquals(seq[0], agent.pane(launched.getPaneId()).getNextSeq());

        assertEquals(
                Attempt.State.RUNNING, control(agentId, ControlRequest.Action.THAW, 1).getState());
        await(5, () -> agent.pane(launched.getPaneId()).getNextSeq() > seq[0] + 50);
        Attempt killed = control(agentId, ControlRequest.Action.KILL, 1);
        assertEquals(Attempt.State.EXITED, killed.getState());
        assertEquals(137, killed.getExitCode());
        assertFalse(runs(launched.getPid()));
    }

    @Test
    void attemptOutlivesTheAgentAndIsNotStartedTwice() throws Exception {
        String agentId = fresh();
        LaunchRequest request =
                launch(agentId, "until test -e go; do sleep 0.05; done; echo x >> runs");
        Attempt launched = attempts().launch(request);

        agent.kill();
        agent.run();

        Attempt found = attempts().launch(request);
        assertEquals(launched.getPaneId(), found.getPaneId());
        assertEquals(launched.getPid(), found.getPid());
        Files.createFile(agent.workspace().resolve("clones").resolve(agentId).resolve("go"));
        assertEquals(0, awaitExit(agentId).getExitCode());
        assertEquals(
                "x\n",
                Files.readString(
                        agent.workspace().resolve("clones").resolve(agentId).resolve("runs")));
    }

    @Test
    void lowerEpochIsAborted() {
        String agentId = fresh();
        var _ = attempts().launch(launch(agentId, "sleep 100"));
        var _ = control(agentId, ControlRequest.Action.INTERRUPT, 3);

        StatusRuntimeException refused =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> control(agentId, ControlRequest.Action.KILL, 2));

        assertEquals(Status.Code.ABORTED, refused.getStatus().getCode());
        var _ = control(agentId, ControlRequest.Action.KILL, 3);
    }

    @Test
    void unknownIsNotFoundAndBadInputIsNamed() {
        StatusRuntimeException unknown =
                assertThrows(StatusRuntimeException.class, () -> get("none"));
        StatusRuntimeException bad =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> check("HEAD", "true", new ByteArrayOutputStream()));

        assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
        assertEquals(Status.Code.INVALID_ARGUMENT, bad.getStatus().getCode());
        assertTrue(String.valueOf(bad.getStatus().getDescription()).startsWith("commit "));
    }

    @Test
    void watchTellsOfTheEnd() {
        String agentId = fresh();
        Iterator<Attempt> changes =
                attempts()
                        .watch(
                                WatchAttemptsRequest.newBuilder()
                                        .setSwarmId("swarm-" + agentId)
                                        .build());
        var _ = attempts().launch(launch(agentId, "exit 4"));

        assertEquals(Attempt.State.RUNNING, changes.next().getState());
        Attempt last = changes.next();
        assertEquals(Attempt.State.EXITED, last.getState());
        assertEquals(4, last.getExitCode());
    }
}
