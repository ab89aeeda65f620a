package io.orchflow.orchestration.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.swarm.Lease;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.swarm.PauseLevel;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.SwarmStore;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.Attempt;
import io.orchflow.workspace.v1.Attention;
import io.orchflow.workspace.v1.ControlRequest.Action;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The work of one leased swarm: brings what the workspace does to what people wish, and runs its
/// tasks. One thread decides; each task has its own.
final class SwarmRun implements Runnable {
    private static final Logger LOG = Logger.getLogger(SwarmRun.class);
    private static final long LONGEST_WAIT = 500;
    private static final long PAUSED_WAIT = 5_000;
    private static final long FORECAST_PAUSE = 3_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LeasedSwarm swarm;
    private final MergeQueue merges;
    private final StopSignal stop = new StopSignal();
    private final Semaphore news = new Semaphore(0);
    private final Map<String, Strand> strands = new HashMap<>();
    private final AttemptWatch watch;
    private final AttemptControl control;
    private @Nullable ModelWatch models;
    private @Nullable ForecastWatch forecast;
    private volatile boolean resting;

    SwarmRun(
            Lease lease,
            SwarmStore store,
            AgentChannels channels,
            ModelGate models,
            Clock clock,
            MergeQueue merges) {
        this.swarm = new LeasedSwarm(lease, store, channels, models, clock, this::wake);
        this.merges = merges;
        this.control = new AttemptControl(swarm, stop);
        this.watch = new AttemptWatch(swarm.calls(), swarm.lease().swarmId(), this::wake);
    }

    /// Something may have changed.
    void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /// Lets everything go where it is; panes go on.
    void stop() {
        stop.raise();
        wake();
    }

    String swarmId() {
        return swarm.lease().swarmId();
    }

    @Override
    public void run() {
        try {
            if (swarm.now().tasks().stream().anyMatch(t -> t.planned().program() != null)) {
                models = new ModelWatch(swarm);
            }
            forecast = new ForecastWatch(swarm, FORECAST_PAUSE);
            if (swarm.lease().afterRestart()) {
                swarm.change(Swarm::interrupt);
            }
            while (!stop.raised()) {
                var done = round() && strands.isEmpty();
                resting = done && models != null && connected(swarm.now());
                if (done && !resting && let()) {
                    return;
                }
                rest();
            }
        } catch (Stopped e) {
            LOG.debugf("Swarm let go swarmId=%s", swarmId());
        } catch (LeaseLost e) {
            LOG.infof("Lease lost swarmId=%s epoch=%d", swarmId(), swarm.lease().epoch());
        } finally {
            stop.raise();
            endStrands();
            watch.close();
            if (forecast != null) {
                forecast.close();
            }
            if (models != null) {
                models.close();
            }
        }
    }

    private boolean round() {
        try {
            leaveIfGone();
            return act();
        } catch (WorkspaceGone e) {
            return false; // The next round tells the swarm.
        }
    }

    /// No process is left in a stopped workspace: nothing is shown as if it ran.
    private void leaveIfGone() {
        var presence = swarm.presence();
        var now = swarm.now();
        if (presence == AgentChannels.Presence.MAY_RUN || now.state().ended()) {
            return;
        }
        UnaryOperator<Swarm> step =
                presence == AgentChannels.Presence.DELETED
                        ? Swarm::workspaceDeleted
                        : Swarm::workspaceStopped;
        if (!step.apply(now).equals(now)) {
            endStrands();
            swarm.change(step);
        }
    }

    /// Whether it is paused and kept only for the connections of its agents.
    boolean resting() {
        return resting;
    }

    private boolean let() {
        var now = swarm.now();
        return now.idle() && swarm.store().release(swarm.lease(), now.commands());
    }

    /// A paused swarm whose agents hold connections stays: a pause cuts none.
    private static boolean connected(Swarm now) {
        return now.state() instanceof SwarmState.Paused
                && now.agents().stream().anyMatch(agent -> agent.state().live());
    }

    private void rest() {
        try {
            var longest = resting ? PAUSED_WAIT : LONGEST_WAIT;
            if (news.tryAcquire(longest, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.raise();
        }
    }

    /// One round.
    ///
    /// @return whether nothing is left to do
    private boolean act() {
        strands.values().removeIf(Strand::over);
        var now = swarm.now();
        var wish = now.wish().kind();
        switch (now.state()) {
            case SwarmState.Pending _ -> {
                if (wish == Wish.Kind.CANCEL) {
                    cancel();
                } else {
                    swarm.change(s -> s.start(swarm.time()));
                    wake();
                }
            }
            case SwarmState.Running _ -> {
                switch (wish) {
                    case RUN -> {
                        if (mayGoOn(now)) {
                            goOn(now);
                        }
                    }
                    case PAUSE -> {
                        if (now.wish().holds()) {
                            hold(now);
                        } else {
                            pause();
                        }
                    }
                    case CANCEL -> cancel();
                }
            }
            case SwarmState.Paused _ -> {
                switch (wish) {
                    case RUN -> {
                        swarm.change(s -> s.resumed(swarm.time()));
                        wake();
                    }
                    case PAUSE -> {
                        deepen(now);
                        deliver();
                    }
                    case CANCEL -> cancel();
                }
            }
            case SwarmState.Completed _, SwarmState.Failed _, SwarmState.Cancelled _ -> {}
        }
        verify(swarm.now());
        return swarm.now().idle();
    }

    /// A swarm whose time is up pauses.
    private boolean mayGoOn(Swarm now) {
        var reached = swarm.store().caps(now.id()).timeIsUp(now, swarm.time());
        reached.ifPresent(reason -> swarm.change(s -> s.budgetReached(reason)));
        return reached.isEmpty();
    }

    private void goOn(Swarm now) {
        for (var task : now.tasks()) {
            if (!task.state().settled() && !(task.state() instanceof TaskState.Waiting)) {
                begin(task);
            }
        }
        now.agents().forEach(this::attend);
        deliver();
        if (strands.isEmpty() && swarm.now().allSettled()) {
            swarm.change(s -> s.finish(swarm.time()));
        }
    }

    /// What has begun goes on; PAUSED once it has ended.
    private void hold(Swarm now) {
        if (HeldWork.over(now) && strands.isEmpty()) {
            paused();
            return;
        }
        now.tasks().stream().filter(HeldWork::goesOn).forEach(this::begin);
        now.agents().forEach(this::attend);
        deliver();
    }

    private void begin(Task task) {
        strands.computeIfAbsent(
                task.id(),
                id ->
                        new Strand(
                                "task-" + id,
                                halt -> new TaskRun(swarm, watch, merges, id, halt),
                                this::wake));
    }

    private void verify(Swarm now) {
        for (var task : now.tasks()) {
            if (task.verifyPending() && !(now.state() instanceof SwarmState.Paused)) {
                strands.computeIfAbsent(
                        task.id(),
                        id ->
                                new Strand(
                                        "verify-" + id,
                                        halt -> new VerifyRun(swarm, id, halt),
                                        this::wake));
            }
        }
    }

    /// What people asked of one agent alone, and what is left of a pause.
    private void attend(Agent agent) {
        switch (agent.wish()) {
            case PAUSE -> {
                if (agent.state() instanceof AgentState.Working
                        || agent.state() instanceof AgentState.NeedsYou) {
                    control.freeze(agent.id());
                }
            }
            case RUN -> {
                if (agent.state() instanceof AgentState.Paused) {
                    control.thaw(agent.id());
                } else {
                    watch.latest(agent.id()).ifPresent(attempt -> listen(agent, attempt));
                }
            }
            case CANCEL -> {
                if (agent.state().live() && !(agent.state() instanceof AgentState.Starting)) {
                    control.tell(agent.id(), Action.KILL);
                }
            }
        }
    }

    /// NEEDS_YOU as long as the agent's program asks for a person.
    private void listen(Agent agent, Attempt attempt) {
        if (attempt.getState() != Attempt.State.RUNNING) {
            return;
        }
        var asked = swarm.questions().get(agent.id());
        if (asked == null && !attempt.hasAttention()) {
            if (!agent.answered().equals(agent)) {
                swarm.change(s -> s.agentAnswered(agent.id()));
            }
            return;
        }
        var question = asked == null ? question(attempt.getAttention()) : asked;
        if (!agent.asks(question).equals(agent)) {
            swarm.change(s -> s.agentAsks(agent.id(), question));
        }
    }

    private static Question question(Attention attention) {
        return new Question(attention.getReason(), Instant.parse(attention.getSince()));
    }

    /// PAUSED only once the kernel shows every process stopped.
    private void pause() {
        endStrands();
        var now = swarm.now();
        var suspension = new Suspension(swarm, watch, control, stop);
        if (now.wish().level() == PauseLevel.INTERRUPT) {
            suspension.interrupt(now);
        }
        deepen(swarm.now());
        for (var agent : swarm.now().agents()) {
            if (agent.state().live() && !(agent.state() instanceof AgentState.Paused)) {
                control.freeze(agent.id());
            }
        }
        paused();
    }

    /// Of a swarm that hibernates no process stays.
    private void deepen(Swarm now) {
        if (now.wish().level() == PauseLevel.HIBERNATE) {
            new Suspension(swarm, watch, control, stop).end(now);
        }
    }

    private void paused() {
        swarm.change(
                s ->
                        s.state() instanceof SwarmState.Running
                                        && s.wish().kind() == Wish.Kind.PAUSE
                                ? s.paused(swarm.time())
                                : s);
        wake();
    }

    /// CANCELLED only once the kernel shows no process of it.
    private void cancel() {
        endStrands();
        for (var agent : swarm.now().agents()) {
            if (agent.state().live()) {
                var killed = control.tell(agent.id(), Action.KILL);
                var code = killed != null && killed.hasExitCode() ? killed.getExitCode() : null;
                swarm.change(s -> s.agentKilled(agent.id(), code));
            }
        }
        swarm.change(s -> s.state().ended() ? s : s.cancelled(swarm.time()));
        for (var agent : swarm.now().agents()) {
            control.discard(agent.id());
        }
        wake();
    }

    private void deliver() {
        for (var message : swarm.store().undelivered(swarm.lease())) {
            if (swarm.questions().containsKey(message.agentId())) {
                continue; // The call that waits takes it as its answer.
            }
            try {
                swarm.calls().deliver(message, json(message));
                swarm.store().delivered(swarm.lease(), message);
            } catch (Refused e) {
                LOG.infof(
                        "Message not delivered messageId=%s agentId=%s reason=%s",
                        message.messageId(), message.agentId(), e.getMessage());
                swarm.store().delivered(swarm.lease(), message);
            } catch (Unreachable e) {
                return;
            }
        }
    }

    private static String json(OutgoingMessage message) {
        var line = JSON.createObjectNode();
        line.put("id", message.messageId());
        line.putObject("from")
                .put("kind", "user")
                .put("id", message.fromUserId())
                .put("name", message.fromName());
        line.put("text", message.text());
        line.put("sentAt", message.sentAt().toString());
        return line.toString();
    }

    private void endStrands() {
        strands.values().forEach(Strand::halt);
        strands.values().forEach(Strand::join);
        strands.clear();
    }
}
