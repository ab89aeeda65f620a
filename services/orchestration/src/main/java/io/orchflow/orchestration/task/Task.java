package io.orchflow.orchestration.task;

import io.orchflow.orchestration.plan.PlannedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A task of a swarm.
///
/// @param attempts how many agents it has had
/// @param evidence of its latest attempt, oldest first
/// @param verifyRound how often a person asked for the checks again
/// @param verifyPending evidence of that round is still missing
/// @param time as of the last step that was written down
public record Task(
        PlannedTask planned,
        List<FrozenCheck> checks,
        TaskState state,
        int attempts,
        List<Evidence> evidence,
        int verifyRound,
        boolean verifyPending,
        TaskTime time) {

    public Task {
        checks = List.copyOf(checks);
        evidence = List.copyOf(evidence);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("task " + planned.id() + " has no check");
        }
    }

    public static Task approved(PlannedTask planned) {
        var checks = planned.acceptance().stream().map(FrozenCheck::freeze).toList();
        return new Task(
                planned, checks, new TaskState.Waiting(), 0, List.of(), 0, false, TaskTime.NONE);
    }

    public String id() {
        return planned.id();
    }

    public Task in(TaskState next) {
        return new Task(
                planned, checks, next, attempts, evidence, verifyRound, verifyPending, time);
    }

    public Task attempted(TaskState.Running next) {
        return new Task(planned, checks, next, attempts + 1, List.of(), 0, false, time);
    }

    public Task with(Evidence more) {
        var all = new ArrayList<>(evidence);
        all.add(more);
        return new Task(planned, checks, state, attempts, all, verifyRound, verifyPending, time);
    }

    public Task verifyAgain() {
        return new Task(planned, checks, state, attempts, evidence, verifyRound + 1, true, time);
    }

    public Task verified() {
        return new Task(planned, checks, state, attempts, evidence, verifyRound, false, time);
    }

    /// The times after a step from that state to the present one.
    public Task stepped(TaskState was, Instant now) {
        var next = time.stepped(was, state, now);
        return new Task(
                planned, checks, state, attempts, evidence, verifyRound, verifyPending, next);
    }

    /// The run of one check on one commit, if it was made already.
    public boolean has(Evidence.Stage stage, int round, int check, String commit) {
        return evidence.stream()
                .anyMatch(
                        e ->
                                e.stage() == stage
                                        && e.round() == round
                                        && e.check() == check
                                        && e.commit().equals(commit));
    }

    /// Whether all evidence of the latest round is good.
    public boolean lastRoundPassed() {
        return evidence.stream().filter(e -> e.round() == verifyRound).allMatch(Evidence::passed);
    }

    /// The task's state while this agent runs; empty where it does not.
    public Optional<TaskState.Running> runBy(String agentId) {
        return state instanceof TaskState.Running running && running.agentId().equals(agentId)
                ? Optional.of(running)
                : Optional.empty();
    }

    /// @throws IllegalStateException its checks are not what goes on
    public TaskState.Verifying verifying() {
        if (state instanceof TaskState.Verifying verifying) {
            return verifying;
        }
        throw new IllegalStateException("not VERIFYING: " + state.word());
    }
}
