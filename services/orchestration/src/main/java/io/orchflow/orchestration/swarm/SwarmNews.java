package io.orchflow.orchestration.swarm;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.orchestration.CheckEvidence;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Returned;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// What one step of a swarm means to others: the facts for the topic and the events for readers.
/// Both are told from the swarm before and after, so that no step can forget them.
final class SwarmNews {
    private final Swarm before;
    private final Swarm after;
    private final Instant now;
    private final List<SpecificRecordBase> facts = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();

    private SwarmNews(Swarm before, Swarm after, Instant now) {
        this.before = before;
        this.after = after;
        this.now = now;
    }

    static SwarmNews of(Swarm before, Swarm after, Instant now) {
        var news = new SwarmNews(before, after, now);
        for (var agent : after.agents()) {
            news.agent(before.agent(agent.id()).orElse(null), agent);
        }
        for (var task : after.tasks()) {
            news.task(before.task(task.id()).orElseThrow(), task);
        }
        news.swarm();
        return news;
    }

    List<SpecificRecordBase> facts() {
        return facts;
    }

    List<NewEvent> events() {
        return events;
    }

    // ------------------------------------------------------------------------------ agents

    private void agent(@Nullable Agent was, Agent is) {
        if (is.equals(was)) {
            return;
        }
        event("agent", SwarmView.AgentView.of(is, after.id(), null), false);
        var old = was == null ? null : was.state();
        if (is.state().equals(old)) {
            return;
        }
        switch (is.state()) {
            case AgentState.Working working -> {
                if (old instanceof AgentState.Starting) {
                    started(is, working.paneId());
                } else if (old instanceof AgentState.Paused) {
                    fact(SwarmFacts.agentResumed(after.id(), is.taskId(), is.id()), user());
                }
            }
            case AgentState.Paused paused -> {
                if (old instanceof AgentState.Starting) {
                    started(is, paused.paneId());
                }
                fact(SwarmFacts.agentPaused(after.id(), is.taskId(), is.id()), user());
            }
            case AgentState.Verifying _, AgentState.Exited _ -> {
                if (!(old instanceof AgentState.Verifying)) {
                    fact(
                            SwarmFacts.agentExited(
                                    after.id(), is.taskId(), is.id(), is.state().shownExitCode()),
                            agentActor(is));
                }
            }
            case AgentState.Starting _, AgentState.NeedsYou _ -> {}
        }
    }

    private void started(Agent agent, String paneId) {
        fact(
                SwarmFacts.agentStarted(
                        after.id(),
                        agent.taskId(),
                        agent.id(),
                        agent.attempt(),
                        agent.role(),
                        agent.adapter().word(),
                        paneId),
                system());
    }

    // ------------------------------------------------------------------------------ tasks

    private void task(Task was, Task is) {
        if (is.equals(was)) {
            return;
        }
        event("task", SwarmView.TaskView.of(is, after.id(), true), false);
        if (is.state().equals(was.state())) {
            return;
        }
        switch (is.state()) {
            case TaskState.Ready _ -> {
                if (was.state() instanceof TaskState.Failed) {
                    fact(SwarmFacts.taskRetried(after.id(), is.id(), is.attempts() + 1), user());
                } else if (was.state() instanceof TaskState.Running) {
                    attemptFailed(is, interruption(), null);
                } else if (is.returned() instanceof Returned(var _, var reason, var _)
                        && was.state() instanceof TaskState.Verifying verifying) {
                    attemptFailed(is, firstLine(reason), exitCode(verifying.agentId()));
                }
            }
            case TaskState.Running _ -> {
                if (was.state() instanceof TaskState.Ready) {
                    fact(SwarmFacts.taskStarted(after.id(), is.id(), is.attempts()), system());
                }
            }
            case TaskState.Done done -> verified(is, done.mergedCommit());
            case TaskState.Failed failed -> {
                var reason = firstLine(failed.reason());
                attemptFailed(is, reason, exitCode(failed.agentId()));
                fact(SwarmFacts.taskFailed(after.id(), is.id(), reason), system());
            }
            case TaskState.Cancelled(var reason) ->
                    fact(SwarmFacts.taskCancelled(after.id(), is.id(), reason), system());
            case TaskState.Waiting _, TaskState.Verifying _ -> {}
        }
    }

    private String interruption() {
        return after.wish().kind() == Wish.Kind.PAUSE && after.wish().byPerson()
                ? "paused: " + after.wish().level().word()
                : "the workspace was restarted";
    }

    /// What a person wrote is on further lines: it stays here.
    private static String firstLine(String reason) {
        return reason.lines().findFirst().orElse("");
    }

    private void attemptFailed(Task task, String reason, @Nullable Integer exitCode) {
        fact(
                SwarmFacts.taskAttemptFailed(
                        after.id(), task.id(), task.attempts(), reason, exitCode),
                system());
    }

    private @Nullable Integer exitCode(@Nullable String agentId) {
        return agentId == null
                ? null
                : after.agent(agentId).map(a -> a.state().shownExitCode()).orElse(null);
    }

    private void verified(Task task, String commit) {
        var changed =
                task.evidence().stream()
                        .flatMap(evidence -> evidence.inputsChanged().stream())
                        .distinct()
                        .count();
        fact(
                SwarmFacts.taskVerified(
                        after.id(),
                        task.id(),
                        task.attempts(),
                        commit,
                        task.evidence().stream().map(SwarmNews::evidence).toList(),
                        (int) changed),
                system());
    }

    private static CheckEvidence evidence(Evidence evidence) {
        return CheckEvidence.newBuilder()
                .setCheckSha256(evidence.checkSha256())
                .setExitCode(evidence.exitCode())
                .setBaselineExitCode(evidence.baselineExitCode())
                .setOutputSha256(evidence.outputSha256())
                .setAssurance(evidence.assurance())
                .build();
    }

    // ------------------------------------------------------------------------------ the swarm

    private void swarm() {
        if (before.state().equals(after.state())
                && before.done() == after.done()
                && before.wish().equals(after.wish())
                && Objects.equals(before.waiting(), after.waiting())) {
            return;
        }
        event("swarm", SwarmView.SwarmEvent.of(after, now), true);
        if (before.state().equals(after.state())) {
            return;
        }
        var elapsed = after.elapsed(now).toMillis();
        switch (after.state()) {
            case SwarmState.Running _ -> {
                if (before.state() instanceof SwarmState.Pending) {
                    fact(SwarmFacts.swarmStarted(after.id()), system());
                } else {
                    fact(SwarmFacts.swarmResumed(after.id()), user());
                }
            }
            case SwarmState.Paused _ ->
                    fact(SwarmFacts.swarmPaused(after.id(), pauseReason()), user());
            case SwarmState.Completed _ ->
                    fact(SwarmFacts.swarmCompleted(after.id(), elapsed), system());
            case SwarmState.Failed _ ->
                    fact(SwarmFacts.swarmFailed(after.id(), elapsed, failedTasks()), system());
            case SwarmState.Cancelled _ ->
                    fact(SwarmFacts.swarmCancelled(after.id(), elapsed), user());
            case SwarmState.Pending _ -> {}
        }
    }

    private String pauseReason() {
        return switch (after.wish().by()) {
            case Wish.SYSTEM -> "restart";
            case Wish.BUDGET -> "budget";
            default -> "asked";
        };
    }

    private List<String> failedTasks() {
        return after.tasks().stream()
                .filter(task -> task.state() instanceof TaskState.Failed)
                .map(Task::id)
                .toList();
    }

    // ------------------------------------------------------------------------------ parts

    private void event(String type, Object data, boolean conversation) {
        var origin = after.origin();
        events.add(
                new NewEvent(
                        origin.workspaceId(),
                        conversation ? origin.conversationId() : null,
                        after.id(),
                        type,
                        data));
    }

    private void fact(SpecificRecordBase fact, Actor actor) {
        var origin = after.origin();
        facts.add(
                Facts.stamp(
                        fact,
                        new Envelope(
                                origin.teamId(),
                                origin.workspaceId(),
                                actor,
                                origin.correlationId(),
                                null)));
    }

    private Actor user() {
        var wish = after.wish();
        return wish.byPerson() ? new Actor(ActorKind.USER, wish.by()) : system();
    }

    private static Actor agentActor(Agent agent) {
        return new Actor(ActorKind.AGENT, agent.id());
    }

    private static Actor system() {
        return new Actor(ActorKind.SYSTEM, "orchestration");
    }
}
