package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Adapter.Launch;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.swarm.Lease;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.Work;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.CheckRequest;
import io.orchflow.workspace.v1.CheckResult;
import io.orchflow.workspace.v1.CollectRequest;
import io.orchflow.workspace.v1.CommitMergeRequest;
import io.orchflow.workspace.v1.ControlRequest;
import io.orchflow.workspace.v1.DeliverRequest;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.DiscardRequest;
import io.orchflow.workspace.v1.Fence;
import io.orchflow.workspace.v1.ForecastReply;
import io.orchflow.workspace.v1.ForecastRequest;
import io.orchflow.workspace.v1.GetAttemptRequest;
import io.orchflow.workspace.v1.LaunchRequest;
import io.orchflow.workspace.v1.ListFilesReply;
import io.orchflow.workspace.v1.ListFilesRequest;
import io.orchflow.workspace.v1.LogRequest;
import io.orchflow.workspace.v1.ModelBytes;
import io.orchflow.workspace.v1.ModelConnection;
import io.orchflow.workspace.v1.ModelListenRequest;
import io.orchflow.workspace.v1.ModelsGrpc;
import io.orchflow.workspace.v1.PrepareMergeRequest;
import io.orchflow.workspace.v1.PreparedMerge;
import io.orchflow.workspace.v1.ReadFileRequest;
import io.orchflow.workspace.v1.RepositoryGrpc;
import io.orchflow.workspace.v1.WatchAttemptsRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The workspace agent's calls for one lease: each carries the lease's epoch, and an id that is
/// the same when it is made again, so that the agent finds what the first try made.
///
/// All throw [Unreachable], [Refused] or [LeaseLost].
final class AgentCalls {
    private static final int QUICK_SECONDS = 10;
    private static final int SLOW_SECONDS = 60;
    private static final int LONGEST_LIST = 64 << 20;
    private static final Set<Status.Code> NOT_GIVEN =
            EnumSet.of(
                    Status.Code.NOT_FOUND,
                    Status.Code.RESOURCE_EXHAUSTED,
                    Status.Code.INVALID_ARGUMENT);

    private final AgentChannels channels;
    private final Lease lease;

    AgentCalls(AgentChannels channels, Lease lease) {
        this.channels = channels;
        this.lease = lease;
    }

    Attempt launch(Agent agent, Task task, Launch launch) {
        var returned = task.returned();
        var request =
                LaunchRequest.newBuilder()
                        .setFence(fence(agent.id()))
                        .setSwarmId(lease.swarmId())
                        .setTaskId(agent.taskId())
                        .setAgentId(agent.id())
                        .setRole(agent.role())
                        .setTitle(task.planned().title())
                        .addAllCommand(launch.command())
                        .setInputFile(ByteString.copyFromUtf8(launch.input()))
                        .putAllEnvironment(launch.environment())
                        .setModel(launch.model())
                        .setEarlierCommit(returned == null ? "" : returned.commit())
                        .build();
        return attempts(SLOW_SECONDS, stub -> stub.launch(request));
    }

    Attempt get(String agentId) {
        var request = GetAttemptRequest.newBuilder().setAgentId(agentId).build();
        return attempts(QUICK_SECONDS, stub -> stub.get(request));
    }

    Attempt control(String agentId, ControlRequest.Action action, String requestId) {
        var request =
                ControlRequest.newBuilder()
                        .setFence(fence(requestId))
                        .setAgentId(agentId)
                        .setAction(action)
                        .build();
        return attempts(SLOW_SECONDS, stub -> stub.control(request));
    }

    void deliver(OutgoingMessage message, String json) {
        var request =
                DeliverRequest.newBuilder()
                        .setFence(fence(message.messageId() + ":" + message.agentId()))
                        .setAgentId(message.agentId())
                        .setMessageJson(json)
                        .build();
        attempts(QUICK_SECONDS, stub -> stub.deliver(request));
    }

    Work collect(String agentId, String subject) {
        var request =
                CollectRequest.newBuilder()
                        .setFence(fence(agentId + ":collect"))
                        .setAgentId(agentId)
                        .setSubject(subject)
                        .build();
        var collected = attempts(SLOW_SECONDS, stub -> stub.collect(request));
        return new Work(
                collected.getBaseCommit(),
                collected.getCommit(),
                collected.getChangedPathsList().stream().toList());
    }

    /// What would conflict if all that is at work were merged now.
    List<ForecastReply.Collision> forecast() {
        var request = ForecastRequest.newBuilder().setSwarmId(lease.swarmId()).build();
        return attempts(SLOW_SECONDS, stub -> stub.forecast(request)).getCollisionsList();
    }

    void discard(String agentId) {
        var request =
                DiscardRequest.newBuilder()
                        .setFence(fence(agentId + ":discard"))
                        .setAgentId(agentId)
                        .build();
        attempts(QUICK_SECONDS, stub -> stub.discard(request));
    }

    /// Ends when the stream ends or `stop` is raised.
    void watch(Context.CancellableContext until, java.util.function.Consumer<Attempt> seen) {
        var request = WatchAttemptsRequest.newBuilder().setSwarmId(lease.swarmId()).build();
        within(
                until,
                () -> {
                    var stub = AttemptsGrpc.newBlockingStub(channel());
                    stub.watch(request).forEachRemaining(seen);
                    return "";
                });
    }

    /// Connections to models as agents open them. Ends when the stream ends or is cancelled.
    void listen(
            Context.CancellableContext until, java.util.function.Consumer<ModelConnection> opened) {
        var request =
                ModelListenRequest.newBuilder()
                        .setFence(fence(Ids.next()))
                        .setSwarmId(lease.swarmId())
                        .build();
        within(
                until,
                () -> {
                    ModelsGrpc.newBlockingStub(channel()).listen(request).forEachRemaining(opened);
                    return "";
                });
    }

    /// Takes a connection.
    CallTunnel connect(String connectionId) {
        return call(
                () -> {
                    var connection = ModelsGrpc.newBlockingV2Stub(channel()).connect();
                    try {
                        connection.write(
                                ModelBytes.newBuilder().setConnectionId(connectionId).build());
                    } catch (StatusException e) {
                        throw translate(e.getStatus());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new Stopped();
                    }
                    return new CallTunnel(connection);
                });
    }

    /// @throws Stopped the check was killed because `stop` was raised
    CheckRun check(String requestId, Trial trial, StopSignal stop) {
        var request =
                CheckRequest.newBuilder()
                        .setFence(fence(requestId + ":" + lease.epoch()))
                        .setCommit(trial.commit())
                        .setCommand(trial.command())
                        .setOriginalsCommit(trial.base())
                        .addAllOriginals(trial.originals())
                        .putAllOverlay(trial.overlay())
                        .build();
        var context = Context.current().withCancellation();
        var forget = stop.onRaise(() -> context.cancel(null));
        try {
            return within(
                    context, () -> read(RepositoryGrpc.newBlockingStub(channel()).check(request)));
        } catch (RuntimeException e) {
            stop.check();
            throw e;
        } finally {
            forget.run();
            context.cancel(null);
        }
    }

    /// All that a commit holds.
    ListFilesReply files(String commit) {
        var request = ListFilesRequest.newBuilder().setCommit(commit).build();
        return repository(stub -> stub.withMaxInboundMessageSize(LONGEST_LIST).listFiles(request));
    }

    /// The bytes of a file; empty where there is none, or it is too large to be given.
    Optional<ByteString> file(String commit, String path) {
        var request = ReadFileRequest.newBuilder().setCommit(commit).setPath(path).build();
        return repository(
                stub -> {
                    try {
                        return Optional.of(stub.readFile(request).getContent());
                    } catch (StatusRuntimeException e) {
                        if (NOT_GIVEN.contains(e.getStatus().getCode())) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    PreparedMerge prepareMerge(String requestId, String commit, String subject) {
        var request =
                PrepareMergeRequest.newBuilder()
                        .setFence(fence(requestId))
                        .setCommit(commit)
                        .setSubject(subject)
                        .build();
        return repository(stub -> stub.prepareMerge(request));
    }

    void commitMerge(String requestId, Merge merge) {
        var request =
                CommitMergeRequest.newBuilder()
                        .setFence(fence(requestId))
                        .setExpectedMain(merge.expectedMain())
                        .setMergedCommit(merge.mergedCommit())
                        .build();
        repository(stub -> stub.commitMerge(request));
    }

    /// Whether main has the commit.
    boolean merged(String commit) {
        var main =
                call(() ->
                                WorkspaceAgentGrpc.newBlockingStub(channel())
                                        .withDeadlineAfter(QUICK_SECONDS, TimeUnit.SECONDS)
                                        .describe(DescribeRequest.getDefaultInstance()))
                        .getMainCommit();
        if (main.isEmpty()) {
            return false;
        }
        var request = LogRequest.newBuilder().setBase(main).setCommit(commit).build();
        return repository(stub -> stub.log(request)).getCommitsCount() == 0;
    }

    private static CheckRun read(Iterator<io.orchflow.workspace.v1.CheckEvent> events) {
        var kept = new ByteArrayOutputStream();
        CheckResult result = null;
        while (events.hasNext()) {
            var event = events.next();
            if (event.hasResult()) {
                result = event.getResult();
            } else {
                keep(kept, event.getOutput());
            }
        }
        if (result == null) {
            throw new Unreachable("a check ended without its result");
        }
        return new CheckRun(
                result.getExitCode(),
                result.getOutputSha256(),
                result.getOutputBytes(),
                result.getAssurance(),
                ByteString.copyFrom(kept.toByteArray()));
    }

    private static void keep(ByteArrayOutputStream kept, ByteString output) {
        var room = Math.min(output.size(), CheckRun.KEPT - kept.size());
        try {
            output.substring(0, room).writeTo(kept);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T attempts(int seconds, Function<AttemptsGrpc.AttemptsBlockingStub, T> call) {
        return call(
                () ->
                        call.apply(
                                AttemptsGrpc.newBlockingStub(channel())
                                        .withDeadlineAfter(seconds, TimeUnit.SECONDS)));
    }

    private <T> T repository(Function<RepositoryGrpc.RepositoryBlockingStub, T> call) {
        return call(
                () ->
                        call.apply(
                                RepositoryGrpc.newBlockingStub(channel())
                                        .withDeadlineAfter(SLOW_SECONDS, TimeUnit.SECONDS)));
    }

    <T> T within(Context context, Supplier<T> call) {
        var before = context.attach();
        try {
            return call(call);
        } finally {
            context.detach(before);
        }
    }

    <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw translate(e.getStatus());
        }
    }

    private RuntimeException translate(Status status) {
        return switch (status.getCode()) {
            case ABORTED -> new LeaseLost(lease);
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED ->
                    new Unreachable(words(status));
            case OK,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    new Refused(status);
        };
    }

    private static String words(Status status) {
        @Nullable String description = status.getDescription();
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED && description != null
                ? description
                : "the workspace does not answer";
    }

    Channel channel() {
        return channels.to(lease.workspaceId());
    }

    Fence fence(String requestId) {
        return Fence.newBuilder().setRequestId(requestId).setLeaseEpoch(lease.epoch()).build();
    }
}
