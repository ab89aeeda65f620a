package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Review;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.orchestration.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An approved plan at work. Immutable: every method gives the swarm after one step, or throws
/// `IllegalStateException` where the step is not legal.
///
/// @param waiting why no progress is made though it runs, in words for people
/// @param commands counts what people asked; a worker lets go only of a swarm whose count it has
///     seen
public record Swarm(
        String id,
        Origin origin,
        SwarmState state,
        Wish wish,
        List<Task> tasks,
        List<Agent> agents,
        SwarmTime time,
        @Nullable String waiting,
        long commands) {

    private static final String INTERRUPTED = "a restart ended what ran: resume the swarm";

    public Swarm {
        tasks = List.copyOf(tasks);
        agents = List.copyOf(agents);
    }

    /// A new swarm; tasks without dependencies are READY.
    public static Swarm approve(String id, Origin origin, List<PlannedTask> plan) {
        var wish = new Wish(Wish.Kind.RUN, origin.approvedBy());
        var tasks = plan.stream().map(Task::approved).toList();
        return new Swarm(
                        id,
                        origin,
                        new SwarmState.Pending(),
                        wish,
                        tasks,
                        List.of(),
                        SwarmTime.NONE,
                        null,
                        1)
                .released();
    }

    // ------------------------------------------------------------------------------ looking

    public Optional<Task> task(String taskId) {
        return tasks.stream().filter(task -> task.id().equals(taskId)).findFirst();
    }

    public Optional<Agent> agent(String agentId) {
        return agents.stream().filter(agent -> agent.id().equals(agentId)).findFirst();
    }

    /// Time spent RUNNING, pauses left out.
    public Duration elapsed(Instant now) {
        return time.elapsed(state, now);
    }

    public int done() {
        return (int) tasks.stream().filter(t -> t.state() instanceof TaskState.Done).count();
    }

    public boolean allSettled() {
        return tasks.stream().allMatch(task -> task.state().settled());
    }

    /// Nothing is left for a worker to do.
    public boolean idle() {
        return switch (state) {
            case SwarmState.Pending _, SwarmState.Running _ -> false;
            case SwarmState.Paused _ -> wish.kind() == Wish.Kind.PAUSE;
            case SwarmState.Completed _, SwarmState.Failed _, SwarmState.Cancelled _ ->
                    tasks.stream().noneMatch(Task::verifyPending);
        };
    }

    // ------------------------------------------------------------------------------ what people
    // ask

    public Swarm wish(Wish.Kind kind, String by) {
        return wish(new Wish(kind, by));
    }

    public Swarm wish(Wish next) {
        var kind = next.kind();
        if (state.ended()) {
            throw new IllegalStateException("the swarm has ended: " + state.word());
        }
        if (wish.kind() == Wish.Kind.CANCEL && kind != Wish.Kind.CANCEL) {
            throw new IllegalStateException("the swarm is being cancelled");
        }
        return copy(state, next, tasks, agents, waiting).commanded();
    }

    public Swarm wishAgent(String agentId, Agent.Wish next) {
        var agent = agent(agentId).orElseThrow();
        if (!agent.state().live() || state.ended()) {
            throw new IllegalStateException("the agent has ended: " + agent.state().word());
        }
        return agent(agentId, a -> a.wishing(next)).commanded();
    }

    /// Tries a FAILED task again; what it cancelled waits for it again.
    public Swarm retry(String taskId, String by, Instant now) {
        if (!(task(taskId).orElseThrow().state() instanceof TaskState.Failed failed)) {
            throw new IllegalStateException("only a FAILED task can be retried");
        }
        if (state instanceof SwarmState.Cancelled || wish.kind() == Wish.Kind.CANCEL) {
            throw new IllegalStateException("the swarm is cancelled");
        }
        var tried = task(taskId, task -> task.in(failed.retry())).tasks;
        var next = copy(state, wish, TaskGraph.reviveDependants(tried, taskId), agents, waiting);
        if (state instanceof SwarmState.Failed ended) {
            var run = new Wish(Wish.Kind.RUN, by);
            next = next.copy(ended.reopen(now), run, next.tasks, agents, null).endedAt(null);
        }
        return next.released().commanded();
    }

    /// Asks for the checks again on the commit that was judged.
    public Swarm verifyAgain(String taskId) {
        var task = task(taskId).orElseThrow();
        if (task.state().judged() == null || !task.state().settled()) {
            throw new IllegalStateException("the task has no judged commit");
        }
        return task(taskId, t -> t.verifyPending() ? t : t.verifyAgain()).commanded();
    }

    /// With the times of the tasks that have taken a step since.
    Swarm steppedFrom(Swarm before, Instant now) {
        return withTasks(
                tasks.stream()
                        .map(t -> t.stepped(before.task(t.id()).orElseThrow().state(), now))
                        .toList());
    }

    /// Something else for the worker to look at, e.g. a message.
    public Swarm commanded() {
        return new Swarm(id, origin, state, wish, tasks, agents, time, waiting, commands + 1);
    }

    // ------------------------------------------------------------------------------ what a worker
    // does

    public Swarm start(Instant now) {
        if (!(state instanceof SwarmState.Pending pending)) {
            throw new IllegalStateException("started already: " + state.word());
        }
        var running = pending.start(now);
        return new Swarm(
                id, origin, running, wish, tasks, agents, time.started(now), waiting, commands);
    }

    public Swarm paused(Instant now) {
        if (!(state instanceof SwarmState.Running running)) {
            throw new IllegalStateException("only a RUNNING swarm can pause: " + state.word());
        }
        return stopped(running.pause(), now).waiting(waiting);
    }

    public Swarm resumed(Instant now) {
        if (!(state instanceof SwarmState.Paused paused)) {
            throw new IllegalStateException("only a PAUSED swarm can resume: " + state.word());
        }
        return copy(paused.resume(now), wish, tasks, agents, null);
    }

    /// Every process is gone: what had not settled is CANCELLED.
    public Swarm cancelled(Instant now) {
        if (agents.stream().anyMatch(agent -> agent.state().live())) {
            throw new IllegalStateException("an agent may still be alive");
        }
        var next = this;
        for (var agent : agents) {
            next = next.agent(agent.id(), a -> a.ended(null));
        }
        var unfinished = TaskGraph.cancelAll(tasks, "the swarm was cancelled");
        next = next.copy(state, wish, unfinished, next.agents, waiting);
        SwarmState end =
                switch (state) {
                    case SwarmState.Pending pending -> pending.cancel();
                    case SwarmState.Running running -> running.cancel();
                    case SwarmState.Paused paused -> paused.cancel();
                    case SwarmState.Completed _, SwarmState.Failed _, SwarmState.Cancelled _ ->
                            throw new IllegalStateException("ended already: " + state.word());
                };
        return next.stopped(end, now).endedAt(now);
    }

    /// COMPLETED or FAILED, once every task has settled.
    public Swarm finish(Instant now) {
        if (!allSettled() || !(state instanceof SwarmState.Running running)) {
            return this;
        }
        var end = done() == tasks.size() ? running.complete() : running.fail();
        return stopped(end, now).endedAt(now);
    }

    public Swarm waiting(@Nullable String reason) {
        return copy(state, wish, tasks, agents, reason);
    }

    public Swarm beginAttempt(String taskId, String agentId) {
        var task = task(taskId).orElseThrow();
        if (!(task.state() instanceof TaskState.Ready ready)) {
            throw new IllegalStateException("only a READY task can start: " + task.state().word());
        }
        var agent = Agent.starting(agentId, task.planned(), task.attempts() + 1);
        var more = new ArrayList<>(agents);
        more.add(agent);
        return task(taskId, t -> t.attempted(ready.start(agentId))).withAgents(more);
    }

    public Swarm agentStarted(String agentId, String paneId, @Nullable Integer pid) {
        return agent(agentId, agent -> agent.started(paneId, pid));
    }

    public Swarm agentFrozen(String agentId) {
        return agent(agentId, Agent::frozen);
    }

    public Swarm agentThawed(String agentId) {
        return agent(agentId, Agent::thawed);
    }

    public Swarm agentAsks(String agentId, Question question) {
        return agent(agentId, agent -> agent.asks(question));
    }

    public Swarm agentAnswered(String agentId) {
        return agent(agentId, Agent::answered);
    }

    /// Its command ended by itself, or by its own agent's cancel: not 0 fails the attempt.
    public Swarm agentExited(String agentId, String paneId, int exitCode) {
        var agent = agent(agentId).orElseThrow();
        if (!agent.state().live()) {
            return this;
        }
        var next = agent(agentId, a -> a.in(a.state().exited(paneId, exitCode)));
        if (exitCode == 0 && agent.wish() != Agent.Wish.CANCEL) {
            return next;
        }
        var reason =
                agent.wish() == Agent.Wish.CANCEL
                        ? "the agent was cancelled"
                        : "the agent exited with " + exitCode;
        return next.agent(agentId, a -> a.ended(exitCode)).failRunning(agentId, reason);
    }

    /// Its processes have ended because its swarm pauses: its task is READY again, and its next
    /// attempt finds what this one had done.
    ///
    /// @param work absent where nothing could be taken in
    public Swarm agentSuspended(String agentId, @Nullable Integer exitCode, @Nullable Work work) {
        var next = agent(agentId, a -> a.ended(exitCode));
        for (var task : tasks) {
            var running = task.runBy(agentId);
            if (running.isPresent()) {
                var ready = running.get().interrupted();
                var reason = "the run was paused in the middle of it (" + wish.level().word() + ")";
                next = next.task(task.id(), t -> t.suspended(ready, reason, work));
            }
        }
        return next;
    }

    /// It could not be launched, or was never there: the attempt fails.
    public Swarm agentRefused(String agentId, String reason) {
        return agent(agentId, a -> a.ended(null)).failRunning(agentId, reason);
    }

    /// Killed with its swarm; says nothing about its task.
    public Swarm agentKilled(String agentId, @Nullable Integer exitCode) {
        return agent(agentId, a -> a.ended(exitCode));
    }

    /// It died with its workspace: its task is READY again, and the swarm wants a person's resume.
    public Swarm agentLost(String agentId) {
        var next = agent(agentId, a -> a.ended(null));
        for (var task : tasks) {
            var running = task.runBy(agentId);
            if (running.isPresent()) {
                next = next.task(task.id(), t -> t.in(running.get().interrupted()));
            }
        }
        return next.interrupt();
    }

    /// Its workspace was stopped, and with it every process: it pauses until somebody has started
    /// the workspace and resumes it. One that a restart has interrupted keeps that reason: its
    /// workspace comes back by itself.
    public Swarm workspaceStopped() {
        var next = withoutAgents().interrupt();
        return interrupted()
                ? next
                : next.waiting("the workspace is stopped: start it, then resume the swarm");
    }

    /// Nothing of its workspace comes back.
    public Swarm workspaceDeleted() {
        var next = withoutAgents();
        var cancel = new Wish(Wish.Kind.CANCEL, Wish.SYSTEM);
        return next.copy(state, cancel, next.tasks, next.agents, "the workspace was deleted");
    }

    private Swarm withoutAgents() {
        var next = this;
        for (var agent : agents) {
            next = agent.state().live() ? next.agentLost(agent.id()) : next;
        }
        return next;
    }

    /// What ran has ended with the platform or the workspace: it pauses until a person resumes it.
    public Swarm interrupt() {
        var pause = new Wish(Wish.Kind.PAUSE, Wish.SYSTEM);
        return state.ended() || wish.kind() != Wish.Kind.RUN
                ? this
                : copy(state, pause, tasks, agents, INTERRUPTED);
    }

    /// Its agents may spend no more: it pauses until a person has raised the limit and resumes it.
    public Swarm budgetReached(String reason) {
        var pause = new Wish(Wish.Kind.PAUSE, Wish.BUDGET);
        return state.ended() || wish.kind() != Wish.Kind.RUN
                ? this
                : copy(state, pause, tasks, agents, reason + ": raise it, then resume the swarm");
    }

    /// Its workspace cannot be reached, or (without a reason) can again. A swarm that was
    /// interrupted says that, and waits for a person, not for the workspace.
    public Swarm reachable(@Nullable String otherwise) {
        return interrupted() || Objects.equals(waiting, otherwise) ? this : waiting(otherwise);
    }

    private boolean interrupted() {
        return wish.kind() == Wish.Kind.PAUSE && !wish.byPerson();
    }

    public Swarm collected(String taskId, Work work) {
        var task = task(taskId).orElseThrow();
        if (!(task.state() instanceof TaskState.Running running)) {
            throw new IllegalStateException("collected without running: " + task.state().word());
        }
        return task(taskId, t -> t.in(running.collected(work)));
    }

    public Swarm proved(String taskId, Evidence evidence) {
        return task(taskId, task -> task.with(evidence));
    }

    public Swarm merging(String taskId, Merge merge) {
        var verifying = verifying(taskId);
        return task(taskId, task -> task.in(verifying.merging(merge)));
    }

    public Swarm accepted(String taskId, String mergedCommit) {
        var verifying = verifying(taskId);
        return task(taskId, t -> t.in(verifying.accept(t.evidence(), mergedCommit)))
                .agent(verifying.agentId(), a -> a.ended(0))
                .released();
    }

    public Swarm rejected(String taskId, String reason) {
        var verifying = verifying(taskId);
        return task(taskId, t -> t.in(verifying.reject(reason)))
                .agent(verifying.agentId(), a -> a.ended(0))
                .cancelDependants(taskId);
    }

    /// What was verified is not taken: its agent tries again where it can do something about it,
    /// otherwise the task has failed.
    public Swarm notTaken(String taskId, String reason) {
        return task(taskId).orElseThrow().mayComeBack()
                ? comesBack(taskId, reason, false)
                : rejected(taskId, reason);
    }

    private Swarm comesBack(String taskId, String reason, boolean byPerson) {
        var verifying = verifying(taskId);
        return task(taskId, t -> t.comesBack(reason, byPerson))
                .agent(verifying.agentId(), a -> a.ended(0));
    }

    /// Somebody shall look at what was verified before it is merged.
    public Swarm reviewAsked(String taskId) {
        var commit = verifying(taskId).work().commit();
        return task(taskId, t -> t.review() == null ? t.with(new Review(commit, null)) : t);
    }

    /// A person's answer.
    ///
    /// @param commit what the person has seen
    /// @param reason why it is not taken; absent: it is
    public Swarm reviewed(String taskId, String commit, String by, @Nullable String reason) {
        var task = task(taskId).orElseThrow();
        var review = task.review();
        if (review == null || !review.open() || !(task.state() instanceof TaskState.Verifying)) {
            throw new IllegalStateException("task " + taskId + " does not wait for a review");
        }
        if (!review.commit().equals(commit)) {
            throw new IllegalStateException(
                    "what waits for a review is commit " + review.commit() + ", not " + commit);
        }
        if (reason == null) {
            return task(taskId, t -> t.with(new Review(commit, by))).commanded();
        }
        var words = "sent back in review\n" + reason;
        return (task.thinks() ? comesBack(taskId, words, true) : rejected(taskId, words))
                .commanded();
    }

    /// The evidence of a person's `verify` is complete. A DONE task whose checks fail now is
    /// FAILED.
    public Swarm verifiedAgain(String taskId) {
        var task = task(taskId).orElseThrow();
        var next = task(taskId, Task::verified);
        if (!task.lastRoundPassed() && task.state() instanceof TaskState.Done done) {
            var reason = "a check failed when it was run again";
            next = next.task(taskId, t -> t.in(done.refute(reason)));
            next = next.withTasks(TaskGraph.cancelUnbegun(next.tasks, taskId));
            if (state instanceof SwarmState.Completed completed) {
                next = next.copy(completed.refute(), wish, next.tasks, agents, waiting);
            }
        }
        return next;
    }

    // ------------------------------------------------------------------------------ parts

    private TaskState.Verifying verifying(String taskId) {
        return task(taskId).orElseThrow().verifying();
    }

    private Swarm failRunning(String agentId, String reason) {
        for (var task : tasks) {
            var running = task.runBy(agentId);
            if (running.isPresent()) {
                return task(task.id(), t -> t.in(running.get().fail(reason)))
                        .cancelDependants(task.id());
            }
        }
        return this;
    }

    private Swarm released() {
        return withTasks(TaskGraph.released(tasks));
    }

    private Swarm cancelDependants(String taskId) {
        return withTasks(TaskGraph.cancelDependants(tasks, taskId));
    }

    private Swarm stopped(SwarmState next, Instant now) {
        var stopped = time.stopped(state, now);
        return new Swarm(id, origin, next, wish, tasks, agents, stopped, null, commands);
    }

    private Swarm endedAt(@Nullable Instant end) {
        var ended = time.ended(end);
        return new Swarm(id, origin, state, wish, tasks, agents, ended, waiting, commands);
    }

    private Swarm withTasks(List<Task> next) {
        return copy(state, wish, next, agents, waiting);
    }

    private Swarm withAgents(List<Agent> next) {
        return copy(state, wish, tasks, next, waiting);
    }

    private Swarm task(String taskId, UnaryOperator<Task> change) {
        var next = tasks.stream().map(t -> t.id().equals(taskId) ? change.apply(t) : t).toList();
        return copy(state, wish, next, agents, waiting);
    }

    private Swarm agent(String agentId, UnaryOperator<Agent> change) {
        var next = agents.stream().map(a -> a.id().equals(agentId) ? change.apply(a) : a).toList();
        return copy(state, wish, tasks, next, waiting);
    }

    private Swarm copy(
            SwarmState nextState,
            Wish nextWish,
            List<Task> nextTasks,
            List<Agent> nextAgents,
            @Nullable String nextWaiting) {
        return new Swarm(
                id,
                origin,
                nextState,
                nextWish,
                nextTasks,
                nextAgents,
                time,
                nextWaiting,
                commands);
    }
}
