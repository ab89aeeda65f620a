package io.orchflow.orchestration.worker;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orchflow.events.Ids;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.Attention;
import io.orchflow.workspace.v1.CollectRequest;
import io.orchflow.workspace.v1.Collected;
import io.orchflow.workspace.v1.ControlRequest;
import io.orchflow.workspace.v1.DeliverReply;
import io.orchflow.workspace.v1.DeliverRequest;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.DiscardReply;
import io.orchflow.workspace.v1.DiscardRequest;
import io.orchflow.workspace.v1.Fence;
import io.orchflow.workspace.v1.ForecastReply;
import io.orchflow.workspace.v1.ForecastRequest;
import io.orchflow.workspace.v1.GetAttemptRequest;
import io.orchflow.workspace.v1.LaunchRequest;
import io.orchflow.workspace.v1.WatchAttemptsRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspace.v1.WorkspaceDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A workspace agent in memory, behind its real gRPC contract: fenced, idempotent, with attempts
/// that do what their command says. `work PATH=TEXT… [exit N]` writes files and exits; `hold`
/// waits until the test lets it exit.
final class FakeAgent implements AutoCloseable {
    private record Made(Attempt attempt, Map<String, String> changes) {}

    final FakeRepository repository = new FakeRepository();
    final FakeDoors doors = new FakeDoors(this);
    final Map<String, LaunchRequest> launched = new LinkedHashMap<>();
    final FakeProofs proofs = new FakeProofs(this);
    final Map<String, Integer> launches = new LinkedHashMap<>();
    final List<String> delivered = new ArrayList<>();

    /// What the workspace foresees.
    final List<ForecastReply.Collision> collisions = new CopyOnWriteArrayList<>();
    final List<String> calls = new ArrayList<>();
    private final Map<String, Made> attempts = new LinkedHashMap<>();
    private final Map<String, String> collected = new HashMap<>();
    private final Map<StreamObserver<Attempt>, String> watchers = new LinkedHashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Server server;
    private final ManagedChannel channel;
    /// What programs do that are launched from now on, besides what their command says.
    volatile Map<String, String> writes = Map.of();

    private int nextPid = 1000;
    private volatile boolean reachable = true;

    FakeAgent() {
        var name = Ids.next();
        try {
            server =
                    InProcessServerBuilder.forName(name)
                            .executor(Executors.newVirtualThreadPerTaskExecutor())
                            .addService(new AttemptsService())
                            .addService(doors)
                            .addService(proofs)
                            .addService(new DescriptionService())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        channel = InProcessChannelBuilder.forName(name).build();
    }

    Channel channel() {
        if (!reachable) {
            throw new Unreachable("the workspace is not running");
        }
        return channel;
    }

    void reachable(boolean can) {
        reachable = can;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    // ------------------------------------------------------------------------------ for tests

    synchronized List<Attempt> all() {
        return attempts.values().stream().map(Made::attempt).toList();
    }

    synchronized Attempt ofTask(String taskId) {
        return all().stream()
                .filter(a -> a.getTaskId().equals(taskId))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    synchronized void exit(String taskId, int code) {
        var attempt = ofTask(taskId);
        set(
                attempt.toBuilder()
                        .setState(Attempt.State.EXITED)
                        .setExitCode(code)
                        .clearPid()
                        .build());
    }

    /// The task's program asks for a person, or (null) does not any more.
    synchronized void asks(String taskId, @Nullable String reason) {
        var next = ofTask(taskId).toBuilder().clearAttention();
        if (reason != null) {
            next.setAttention(
                    Attention.newBuilder().setReason(reason).setSince("2026-01-01T12:00:00.125Z"));
        }
        set(next.build());
    }

    /// Every process is gone, as after a restart of the workspace.
    synchronized void restart() {
        for (var attempt : all()) {
            if (attempt.getState() != Attempt.State.EXITED) {
                set(attempt.toBuilder().setState(Attempt.State.EXITED).clearPid().build());
            }
        }
    }

    // ------------------------------------------------------------------------------ parts

    /// Refuses older leases, then runs the call; errors become statuses.
    <T> void answer(
            String name,
            @Nullable Fence fence,
            String swarmId,
            StreamObserver<T> to,
            Supplier<T> call) {
        T reply;
        synchronized (this) {
            try {
                if (fence != null) {
                    check(fence, swarmId);
                }
                calls.add(name);
                reply = call.get();
            } catch (io.grpc.StatusRuntimeException e) {
                to.onError(e);
                return;
            } catch (RuntimeException e) {
                to.onError(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
                return;
            }
        }
        to.onNext(reply);
        to.onCompleted();
    }

    void check(Fence fence, String swarmId) {
        var seen = epochs.merge(swarmId, fence.getLeaseEpoch(), Math::max);
        if (fence.getLeaseEpoch() < seen) {
            throw Status.ABORTED
                    .withDescription("epoch " + fence.getLeaseEpoch() + " < " + seen)
                    .asRuntimeException();
        }
    }

    private Made find(String agentId) {
        var made = attempts.get(agentId);
        if (made == null) {
            throw Status.NOT_FOUND.withDescription("no attempt " + agentId).asRuntimeException();
        }
        return made;
    }

    private void set(Attempt attempt) {
        var made = find(attempt.getAgentId());
        attempts.put(attempt.getAgentId(), new Made(attempt, made.changes()));
        watchers.keySet().removeIf(watcher -> !told(watcher, attempt));
    }

    private static boolean told(StreamObserver<Attempt> watcher, Attempt attempt) {
        try {
            watcher.onNext(attempt);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Attempt launch(LaunchRequest request) {
        var known = attempts.get(request.getAgentId());
        if (known != null) {
            return known.attempt();
        }
        launches.merge(request.getTaskId(), 1, Integer::sum);
        launched.put(request.getTaskId(), request);
        var attempt =
                Attempt.newBuilder()
                        .setAgentId(request.getAgentId())
                        .setSwarmId(request.getSwarmId())
                        .setTaskId(request.getTaskId())
                        .setPaneId("pane-" + request.getAgentId())
                        .setState(Attempt.State.RUNNING)
                        .setPid(nextPid++)
                        .setBaseCommit(repository.main())
                        .setAssurance("sandboxed")
                        .build();
        var changes = new HashMap<String, String>(writes);
        var exit = -1;
        for (var word : request.getCommandList()) {
            if (word.contains("=")) {
                changes.put(word.split("=", 2)[0], word.split("=", 2)[1]);
            } else if (word.equals("work")) {
                exit = 0;
            } else if (word.matches("[0-9]+")) {
                exit = Integer.parseInt(word);
            } else if (word.equals("missing-program")) {
                throw Status.INVALID_ARGUMENT.withDescription("no program").asRuntimeException();
            }
        }
        attempts.put(attempt.getAgentId(), new Made(attempt, changes));
        set(attempt);
        if (exit >= 0) {
            exit(request.getTaskId(), exit);
        }
        return attempt;
    }

    private Attempt control(ControlRequest request) {
        var attempt = find(request.getAgentId()).attempt();
        if (attempt.getState() != Attempt.State.EXITED) {
            var next = attempt.toBuilder();
            switch (request.getAction()) {
                case FREEZE -> next.setState(Attempt.State.FROZEN);
                case THAW -> next.setState(Attempt.State.RUNNING);
                case KILL ->
                        next.setState(Attempt.State.EXITED)
                                .setExitCode(137)
                                .clearPid()
                                .clearAttention();
                case INTERRUPT -> next.setState(Attempt.State.EXITED).setExitCode(130).clearPid();
                case ACTION_UNSPECIFIED, UNRECOGNIZED -> {}
            }
            set(next.build());
        }
        return find(request.getAgentId()).attempt();
    }

    private Collected collect(CollectRequest request) {
        var made = find(request.getAgentId());
        if (made.attempt().getState() != Attempt.State.EXITED) {
            throw Status.FAILED_PRECONDITION.withDescription("still runs").asRuntimeException();
        }
        var base = made.attempt().getBaseCommit();
        var commit =
                collected.computeIfAbsent(
                        request.getAgentId(), _ -> repository.commit(base, made.changes()));
        return Collected.newBuilder()
                .setBaseCommit(base)
                .setCommit(commit)
                .addAllChangedPaths(repository.changed(base, commit))
                .build();
    }

    private String swarmOf(String agentId) {
        synchronized (this) {
            var made = attempts.get(agentId);
            return made == null ? "" : made.attempt().getSwarmId();
        }
    }

    private final class AttemptsService extends AttemptsGrpc.AttemptsImplBase {
        @Override
        public void launch(LaunchRequest request, StreamObserver<Attempt> to) {
            answer(
                    "launch",
                    request.getFence(),
                    request.getSwarmId(),
                    to,
                    () -> FakeAgent.this.launch(request));
        }

        @Override
        public void get(GetAttemptRequest request, StreamObserver<Attempt> to) {
            answer("get", null, "", to, () -> find(request.getAgentId()).attempt());
        }

        @Override
        public void watch(WatchAttemptsRequest request, StreamObserver<Attempt> to) {
            synchronized (FakeAgent.this) {
                all().forEach(to::onNext);
                watchers.put(to, request.getSwarmId());
            }
        }

        @Override
        public void control(ControlRequest request, StreamObserver<Attempt> to) {
            var swarm = swarmOf(request.getAgentId());
            answer(
                    "control " + request.getAction(),
                    request.getFence(),
                    swarm,
                    to,
                    () -> FakeAgent.this.control(request));
        }

        @Override
        public void deliver(DeliverRequest request, StreamObserver<DeliverReply> to) {
            answer(
                    "deliver",
                    request.getFence(),
                    swarmOf(request.getAgentId()),
                    to,
                    () -> {
                        find(request.getAgentId());
                        delivered.add(request.getMessageJson());
                        return DeliverReply.getDefaultInstance();
                    });
        }

        @Override
        public void collect(CollectRequest request, StreamObserver<Collected> to) {
            var swarm = swarmOf(request.getAgentId());
            answer("collect", request.getFence(), swarm, to, () -> FakeAgent.this.collect(request));
        }

        @Override
        public void forecast(ForecastRequest request, StreamObserver<ForecastReply> to) {
            answer(
                    "forecast",
                    null,
                    "",
                    to,
                    () -> ForecastReply.newBuilder().addAllCollisions(collisions).build());
        }

        @Override
        public void discard(DiscardRequest request, StreamObserver<DiscardReply> to) {
            var swarm = swarmOf(request.getAgentId());
            answer("discard", request.getFence(), swarm, to, DiscardReply::getDefaultInstance);
        }
    }

    private final class DescriptionService extends WorkspaceAgentGrpc.WorkspaceAgentImplBase {
        @Override
        public void describe(DescribeRequest request, StreamObserver<WorkspaceDescription> to) {
            answer(
                    "describe",
                    null,
                    "",
                    to,
                    () ->
                            WorkspaceDescription.newBuilder()
                                    .setMainCommit(repository.main())
                                    .build());
        }
    }
}
