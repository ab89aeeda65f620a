package io.orchflow.agent.attempt;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.pane.Attention;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.pane.Size;
import io.orchflow.agent.repository.Calls;
import io.orchflow.agent.repository.Clones;
import io.orchflow.agent.repository.Names;
import io.orchflow.agent.repository.Refusal;
import io.orchflow.agent.repository.TrialMerges;
import io.orchflow.agent.repository.WorkspaceRepository;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.server.AgentService;
import io.orchflow.workspace.v1.Attempt.State;
import io.orchflow.workspace.v1.AttemptsGrpc;
import io.orchflow.workspace.v1.CollectRequest;
import io.orchflow.workspace.v1.Collected;
import io.orchflow.workspace.v1.ControlRequest;
import io.orchflow.workspace.v1.DeliverReply;
import io.orchflow.workspace.v1.DeliverRequest;
import io.orchflow.workspace.v1.DiscardReply;
import io.orchflow.workspace.v1.DiscardRequest;
import io.orchflow.workspace.v1.EndTerminalReply;
import io.orchflow.workspace.v1.EndTerminalRequest;
import io.orchflow.workspace.v1.ForecastReply;
import io.orchflow.workspace.v1.ForecastRequest;
import io.orchflow.workspace.v1.GetAttemptRequest;
import io.orchflow.workspace.v1.LaunchRequest;
import io.orchflow.workspace.v1.OpenTerminalRequest;
import io.orchflow.workspace.v1.ProgramsReply;
import io.orchflow.workspace.v1.ProgramsRequest;
import io.orchflow.workspace.v1.ReadTextReply;
import io.orchflow.workspace.v1.ReadTextRequest;
import io.orchflow.workspace.v1.TerminalEvent;
import io.orchflow.workspace.v1.WatchAttemptsRequest;
import io.orchflow.workspace.v1.WriteTextReply;
import io.orchflow.workspace.v1.WriteTextRequest;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/// The gRPC service `Attempts`.
@Singleton
@Typed(AgentService.class)
public class AttemptsService extends AttemptsGrpc.AttemptsImplBase implements AgentService {

    private static final int LONGEST_TITLE = 200;

    private final Attempts attempts;
    private final Panes panes;
    private final Sandboxes sandboxes;
    private final TrialMerges trials;

    AttemptsService(
            Attempts attempts, Panes panes, Sandboxes sandboxes, WorkspaceRepository repository) {
        this.attempts = attempts;
        this.panes = panes;
        this.sandboxes = sandboxes;
        this.trials = repository.trials();
    }

    @Override
    public void launch(
            LaunchRequest request, StreamObserver<io.orchflow.workspace.v1.Attempt> observer) {
        Calls.unary(
                observer,
                () ->
                        message(
                                attempts.launch(
                                        launch(request), request.getFence().getLeaseEpoch())));
    }

    private static AttemptLaunch launch(LaunchRequest request) {
        if (request.getCommandCount() == 0
                || request.getCommand(0).isBlank()
                || request.getCommand(0).startsWith("-")) {
            throw Refusal.badInput("command", request.getCommandList().toString());
        }
        if (request.getFence().getRequestId().isBlank()) {
            throw Refusal.badInput("fence.request_id", "empty");
        }
        return new AttemptLaunch(
                request.getFence().getRequestId(),
                Names.id("swarm_id", request.getSwarmId()),
                Names.label("task_id", request.getTaskId()),
                Names.id("agent_id", request.getAgentId()),
                request.getRole(),
                request.getTitle(),
                request.getCommandList(),
                request.getEnvironmentMap(),
                request.getModel(),
                request.getEarlierCommit().isEmpty()
                        ? ""
                        : Names.commit("earlier_commit", request.getEarlierCommit()),
                request.getInputFile(),
                Size.ofRequest(request.getCols(), request.getRows()));
    }

    @Override
    public void programs(ProgramsRequest request, StreamObserver<ProgramsReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    var reply = ProgramsReply.newBuilder();
                    sandboxes
                            .programs()
                            .forEach(
                                    (name, path) ->
                                            reply.addProgramsBuilder()
                                                    .setName(name)
                                                    .setPath(path.toString()));
                    return reply.build();
                });
    }

    @Override
    public void forecast(ForecastRequest request, StreamObserver<ForecastReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    String swarmId = Names.id("swarm_id", request.getSwarmId());
                    var reply = ForecastReply.newBuilder();
                    for (TrialMerges.Collision collision : trials.collisions(attempts.drafts())) {
                        if (of(swarmId, collision.agentId()) || of(swarmId, collision.otherId())) {
                            reply.addCollisionsBuilder()
                                    .setAgentId(collision.agentId())
                                    .setOtherAgentId(collision.otherId())
                                    .addAllPaths(collision.paths());
                        }
                    }
                    return reply.build();
                });
    }

    private boolean of(String swarmId, String agentId) {
        return attempts.register()
                .find(agentId)
                .filter(a -> a.swarmId().equals(swarmId))
                .isPresent();
    }

    @Override
    public void get(
            GetAttemptRequest request, StreamObserver<io.orchflow.workspace.v1.Attempt> observer) {
        Calls.unary(
                observer, () -> message(attempts.get(Names.id("agent_id", request.getAgentId()))));
    }

    @Override
    public void watch(
            WatchAttemptsRequest request,
            StreamObserver<io.orchflow.workspace.v1.Attempt> observer) {
        var call = (ServerCallStreamObserver<io.orchflow.workspace.v1.Attempt>) observer;
        Consumer<Attempt> watcher =
                attempt -> {
                    boolean wanted =
                            request.getSwarmId().isEmpty()
                                    || request.getSwarmId().equals(attempt.swarmId());
                    if (wanted
                            && attempt.phase() != Attempt.Phase.PREPARING
                            && !call.isCancelled()) {
                        call.onNext(message(attempt));
                    }
                };
        call.setOnCancelHandler(() -> attempts.register().unwatch(watcher));
        attempts.register().watch(watcher);
    }

    @Override
    public void control(
            ControlRequest request, StreamObserver<io.orchflow.workspace.v1.Attempt> observer) {
        Calls.unary(observer, () -> message(control(request)));
    }

    private Attempt control(ControlRequest request) throws IOException, InterruptedException {
        String agentId = Names.id("agent_id", request.getAgentId());
        long epoch = request.getFence().getLeaseEpoch();
        return switch (request.getAction()) {
            case FREEZE -> attempts.freeze(agentId, epoch);
            case THAW -> attempts.thaw(agentId, epoch);
            case INTERRUPT -> attempts.interrupt(agentId, epoch);
            case KILL -> attempts.kill(agentId, epoch);
            case ACTION_UNSPECIFIED, UNRECOGNIZED ->
                    throw Refusal.badInput("action", request.getAction().toString());
        };
    }

    @Override
    public void deliver(DeliverRequest request, StreamObserver<DeliverReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    attempts.deliver(
                            Names.id("agent_id", request.getAgentId()),
                            request.getFence().getRequestId(),
                            request.getFence().getLeaseEpoch(),
                            request.getMessageJson());
                    return DeliverReply.getDefaultInstance();
                });
    }

    @Override
    public void openTerminal(OpenTerminalRequest request, StreamObserver<TerminalEvent> observer) {
        var stream = new TerminalStream((ServerCallStreamObserver<TerminalEvent>) observer);
        Calls.stream(
                observer,
                () ->
                        stream.run(
                                attempts.terminal(
                                        Names.id("agent_id", request.getAgentId()),
                                        request.getFence().getLeaseEpoch(),
                                        order(request))));
    }

    private static TerminalOrder order(OpenTerminalRequest request) {
        if (request.getCommandCount() == 0 || request.getCommand(0).isBlank()) {
            throw Refusal.badInput("command", request.getCommandList().toString());
        }
        String title = request.getTitle().isBlank() ? request.getCommand(0) : request.getTitle();
        return new TerminalOrder(
                request.getFence().getRequestId(),
                title.substring(0, Math.min(title.length(), LONGEST_TITLE)),
                request.getCommandList(),
                request.getDirectory(),
                request.getEnvironmentMap(),
                Size.ofRequest(request.getCols(), request.getRows()));
    }

    @Override
    public void endTerminal(EndTerminalRequest request, StreamObserver<EndTerminalReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    attempts.endTerminal(
                            Names.id("agent_id", request.getAgentId()),
                            request.getFence().getLeaseEpoch(),
                            Names.id("pane_id", request.getPaneId()));
                    return EndTerminalReply.getDefaultInstance();
                });
    }

    @Override
    public void readText(ReadTextRequest request, StreamObserver<ReadTextReply> observer) {
        Calls.unary(
                observer,
                () ->
                        ReadTextReply.newBuilder()
                                .setContent(
                                        UnsafeByteOperations.unsafeWrap(
                                                attempts.read(
                                                        Names.id("agent_id", request.getAgentId()),
                                                        path(request.getPath()))))
                                .build());
    }

    @Override
    public void writeText(WriteTextRequest request, StreamObserver<WriteTextReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    attempts.write(
                            Names.id("agent_id", request.getAgentId()),
                            request.getFence().getLeaseEpoch(),
                            path(request.getPath()),
                            request.getContent().toByteArray());
                    return WriteTextReply.getDefaultInstance();
                });
    }

    private static String path(String path) {
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            throw Refusal.badInput("path", path.replace('\0', '?'));
        }
        return path;
    }

    @Override
    public void collect(CollectRequest request, StreamObserver<Collected> observer) {
        Calls.unary(
                observer,
                () -> {
                    Attempt attempt =
                            attempts.collect(
                                    Names.id("agent_id", request.getAgentId()),
                                    request.getFence().getLeaseEpoch(),
                                    request.getSubject());
                    Clones.Collected collected = Objects.requireNonNull(attempt.collected());
                    return Collected.newBuilder()
                            .setBaseCommit(collected.base())
                            .setCommit(collected.commit())
                            .addAllChangedPaths(collected.changedPaths())
                            .build();
                });
    }

    @Override
    public void discard(DiscardRequest request, StreamObserver<DiscardReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    attempts.discard(
                            Names.id("agent_id", request.getAgentId()),
                            request.getFence().getLeaseEpoch());
                    return DiscardReply.getDefaultInstance();
                });
    }

    private io.orchflow.workspace.v1.Attempt message(Attempt attempt) {
        var message =
                io.orchflow.workspace.v1.Attempt.newBuilder()
                        .setAgentId(attempt.agentId())
                        .setSwarmId(attempt.swarmId())
                        .setTaskId(attempt.taskId())
                        .setPaneId(attempt.paneId())
                        .setState(state(attempt.phase()))
                        .setBaseCommit(attempt.baseCommit())
                        .setAssurance(attempt.assurance());
        if (attempt.alive()) {
            panes.find(attempt.paneId()).ifPresent(pane -> pane.pid().ifPresent(message::setPid));
        }
        if (attempt.exitCode() != null) {
            message.setExitCode(attempt.exitCode());
        }
        if (attempt.attention() != null) {
            message.setAttention(message(attempt.attention()));
        }
        return message.build();
    }

    private static io.orchflow.workspace.v1.Attention message(Attention attention) {
        return io.orchflow.workspace.v1.Attention.newBuilder()
                .setReason(attention.reason())
                .setSince(Instant.ofEpochMilli(attention.sinceMillis()).toString())
                .build();
    }

    private static State state(Attempt.Phase phase) {
        return switch (phase) {
            case PREPARING -> State.STATE_UNSPECIFIED;
            case RUNNING -> State.RUNNING;
            case FROZEN -> State.FROZEN;
            case EXITED -> State.EXITED;
        };
    }
}
