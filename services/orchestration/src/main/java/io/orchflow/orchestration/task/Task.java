package io.orchflow.orchestration.task;

import io.orchflow.orchestration.plan.PlannedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task of a swarm.
///
/// @param attempts how many agents it has had
/// @param evidence of its latest attempt, oldest first
/// @param verifyRound how often a person asked for the checks again
/// @param verifyPending evidence of that round is still missing
/// @param time as of the last step that was written down
/// @param returned what of an earlier attempt was not taken
/// @param review of the latest attempt; absent before it is asked for
public record Task(
        PlannedTask planned,
        List<FrozenCheck> checks,
        TaskState state,
        int attempts,
        List<Evidence> evidence,
        int verifyRound,
        boolean verifyPending,
        TaskTime time,
        @Nullable Returned returned,
        @Nullable Review review) {

    private static final int MOST_RETURNS = 2;

    public Task {
        checks = List.copyOf(checks);
        evidence = List.copyOf(evidence);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("task " + planned.id() + " has no check");
        }
    }

    public static Task approved(PlannedTask planned) {
        var checks = planned.acceptance().stream().map(FrozenCheck::freeze).toList();
        var waiting = new TaskState.Waiting();
        return new Task(
                planned, checks, waiting, 0, List.of(), 0, false, TaskTime.NONE, null, null);
    }

    public String id() {
        return planned.id();
    }

    public Task in(TaskState next) {
        return copy(next, evidence, verifyRound, verifyPending, time, returned, review);
    }

    public Task attempted(TaskState.Running next) {
        return new Task(
                planned, checks, next, attempts + 1, List.of(), 0, false, time, returned, null);
    }

    public Task with(Evidence more) {
        var all = new ArrayList<>(evidence);
        all.add(more);
        return copy(state, all, verifyRound, verifyPending, time, returned, review);
    }

    public Task verifyAgain() {
        return copy(state, evidence, verifyRound + 1, true, time, returned, review);
    }

    public Task verified() {
        return copy(state, evidence, verifyRound, false, time, returned, review);
    }

    /// The times after a step from that state to the present one.
    public Task stepped(TaskState was, Instant now) {
        var next = time.stepped(was, state, now);
        return copy(state, evidence, verifyRound, verifyPending, next, returned, review);
    }

    /// Whether its agent can do something about what is wrong, and has not tried too often: who
    /// only plays a recipe would do the same again.
    public boolean mayComeBack() {
        return thinks() && (returned == null || returned.times() < MOST_RETURNS);
    }

    /// Whether telling its agent changes anything.
    public boolean thinks() {
        return planned.program() != null;
    }

    /// What was verified is not taken: its agent shall try again.
    ///
    /// @param byPerson who may ask for it as often as they like
    public Task comesBack(String reason, boolean byPerson) {
        var verifying = verifying();
        var times = (returned == null ? 0 : returned.times()) + (byPerson ? 0 : 1);
        var back = new Returned(times, reason, verifying.work().commit());
        return copy(verifying.giveBack(), evidence, verifyRound, verifyPending, time, back, null);
    }

    /// Its attempt has ended before its time.
    ///
    /// @param work what it had done; absent: nothing that could be taken in
    public Task suspended(TaskState.Ready next, String reason, @Nullable Work work) {
        var times = returned == null ? 0 : returned.times();
        var kept =
                work == null || work.commit().equals(work.baseCommit())
                        ? returned
                        : new Returned(times, reason, work.commit());
        return copy(next, evidence, verifyRound, verifyPending, time, kept, review);
    }

    public Task with(Review next) {
        return copy(state, evidence, verifyRound, verifyPending, time, returned, next);
    }

    /// Whether nobody needs to look at this commit any more before it is merged.
    public boolean cleared(String commit) {
        return !planned.allowance().review()
                || (review != null && !review.open() && review.commit().equals(commit));
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

    private Task copy(
            TaskState nextState,
            List<Evidence> nextEvidence,
            int nextRound,
            boolean nextPending,
            TaskTime nextTime,
            @Nullable Returned nextReturned,
            @Nullable Review nextReview) {
        return new Task(
                planned,
                checks,
                nextState,
                attempts,
                nextEvidence,
                nextRound,
                nextPending,
                nextTime,
                nextReturned,
                nextReview);
    }
}
