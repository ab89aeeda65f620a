package io.orchflow.orchestration.worker;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Adapter;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.Attempt;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes one task from READY to DONE or FAILED, from wherever it is written to be: a new worker
/// goes on where a dead one was.
final class TaskRun implements Runnable {
    private static final Logger LOG = Logger.getLogger(TaskRun.class);
    private static final int MOST_MERGE_TRIES = 20;
    private static final long REVIEW_PAUSE = 300;

    private final LeasedSwarm swarm;
    private final AttemptWatch watch;
    private final MergeQueue merges;
    private final String taskId;
    private final StopSignal stop;

    TaskRun(
            LeasedSwarm swarm,
            AttemptWatch watch,
            MergeQueue merges,
            String taskId,
            StopSignal stop) {
        this.swarm = swarm;
        this.watch = watch;
        this.merges = merges;
        this.taskId = taskId;
        this.stop = stop;
    }

    @Override
    public void run() {
        var at = wanted();
        while (step(at)) {
            at = wanted();
        }
    }

    /// Nothing new begins in a swarm that should stop.
    private Swarm wanted() {
        stop.check();
        var at = swarm.now();
        var wish = at.wish();
        var goesOn =
                wish.kind() == Wish.Kind.RUN
                        || (wish.holds() && at.task(taskId).filter(HeldWork::goesOn).isPresent());
        if (!goesOn || !(at.state() instanceof SwarmState.Running)) {
            throw new Stopped();
        }
        return at;
    }

    /// @return false once the task has settled
    private boolean step(Swarm at) {
        var task = at.task(taskId).orElseThrow();
        switch (task.state()) {
            case TaskState.Ready _ -> {
                var agentId = Ids.next();
                var caps = swarm.store().caps(at.id());
                swarm.change(
                        s ->
                                caps.noMoreAgents(s)
                                        .map(s::budgetReached)
                                        .orElseGet(() -> s.beginAttempt(taskId, agentId)));
            }
            case TaskState.Running running ->
                    work(at, task, at.agent(running.agentId()).orElseThrow());
            case TaskState.Verifying verifying -> verify(verifying);
            case TaskState.Waiting _,
                    TaskState.Done _,
                    TaskState.Failed _,
                    TaskState.Cancelled _ -> {
                return false;
            }
        }
        return true;
    }

    private void work(Swarm at, Task task, Agent agent) {
        if (agent.state() instanceof AgentState.Starting) {
            launch(at, task, agent);
        } else if (agent.state().live()) {
            awaitExit(agent);
        } else if (agent.state() instanceof AgentState.Verifying) {
            collect(task, agent);
        } else {
            swarm.change(s -> s.agentLost(agent.id()));
        }
    }

    private void launch(Swarm at, Task task, Agent agent) {
        var told = swarm.store().told(at.id()).stream().map(OutgoingMessage::text).toList();
        try {
            var briefing =
                    new Adapter.Briefing(
                            at.origin().request(), told, model(at, task, agent), task.returned());
            var launch = Adapter.of(task.planned()).launch(task.planned(), briefing);
            var attempt = swarm.persistently(stop, () -> swarm.calls().launch(agent, task, launch));
            swarm.change(
                    s ->
                            s.agentStarted(
                                    agent.id(),
                                    attempt.getPaneId(),
                                    attempt.hasPid() ? attempt.getPid() : null));
        } catch (Refused | IllegalArgumentException e) {
            LOG.infof(
                    "Attempt could not be launched swarmId=%s agentId=%s reason=%s",
                    at.id(), agent.id(), e.getMessage());
            swarm.change(s -> s.agentRefused(agent.id(), "not launched: " + e.getMessage()));
        }
    }

    /// @return null where it needs none
    private Adapter.@Nullable ModelAccess model(Swarm at, Task task, Agent agent) {
        var program = task.planned().program();
        if (program == null) {
            return null;
        }
        var models = swarm.models();
        var wires = models.wires(program);
        if (wires.isEmpty()) {
            return null;
        }
        var choice =
                models.choice(at.origin().teamId(), program)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                ModelChoice.none(wires, program.model())));
        return new Adapter.ModelAccess(choice, models.token(at.id(), agent.id()));
    }

    private void awaitExit(Agent agent) {
        try {
            swarm.persistently(stop, () -> swarm.calls().get(agent.id()));
        } catch (Refused e) {
            LOG.warnf(
                    "Attempt is unknown to its workspace swarmId=%s agentId=%s reason=%s",
                    swarm.lease().swarmId(), agent.id(), e.getMessage());
            swarm.change(s -> s.agentLost(agent.id()));
            return;
        }
        exited(swarm, agent.id(), watch.awaitExit(agent.id(), stop));
    }

    /// Writes down how an attempt ended.
    static void exited(LeasedSwarm swarm, String agentId, Attempt attempt) {
        if (attempt.hasExitCode()) {
            swarm.change(s -> s.agentExited(agentId, attempt.getPaneId(), attempt.getExitCode()));
        } else {
            swarm.change(s -> s.agentLost(agentId));
        }
    }

    private void collect(Task task, Agent agent) {
        try {
            var subject = task.planned().title();
            var work = swarm.persistently(stop, () -> swarm.calls().collect(agent.id(), subject));
            swarm.change(s -> s.collected(taskId, work));
        } catch (Refused e) {
            swarm.change(s -> s.agentRefused(agent.id(), "not collected: " + e.getMessage()));
        }
    }

    private void verify(TaskState.Verifying verifying) {
        try {
            var checks = new Verification(swarm, stop);
            checks.ofCommit(taskId, verifying.agentId(), verifying.work(), 0);
            if (rejected("a check failed")) {
                return;
            }
            awaitReview(verifying);
            var workspaceId = swarm.lease().workspaceId();
            merges.inTurn(workspaceId, stop, () -> merge(verifying, checks));
        } catch (Refused e) {
            swarm.change(s -> s.rejected(taskId, "refused by the workspace: " + e.getMessage()));
        } catch (Settled e) {
            LOG.debugf("Reviewed swarmId=%s taskId=%s", swarm.lease().swarmId(), taskId);
        }
        new AttemptControl(swarm, stop).discard(verifying.agentId());
    }

    /// Returns once a person has taken what was verified, where the plan asks for that.
    private void awaitReview(TaskState.Verifying verifying) {
        var commit = verifying.work().commit();
        if (commit.equals(verifying.work().baseCommit())) {
            return; // There is nothing to look at.
        }
        var asked = false;
        while (!swarm.now().task(taskId).orElseThrow().cleared(commit)) {
            if (!asked) {
                swarm.change(s -> s.reviewAsked(taskId));
                asked = true;
            }
            stop.pause(REVIEW_PAUSE);
            if (!(wanted().task(taskId).orElseThrow().state() instanceof TaskState.Verifying)) {
                throw new Settled();
            }
        }
    }

    /// A person has decided meanwhile.
    private static final class Settled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Settles the task where any evidence failed.
    private boolean rejected(String reason) {
        var task = swarm.now().task(taskId).orElseThrow();
        var failed = task.evidence().stream().filter(e -> !e.passed()).findFirst();
        failed.ifPresent(
                evidence -> swarm.change(s -> s.notTaken(taskId, words(reason, evidence))));
        return failed.isPresent();
    }

    private static String words(String reason, Evidence evidence) {
        var objection = evidence.scrutiny().objection();
        return objection == null
                ? reason + " with exit code " + evidence.exitCode() + ": " + evidence.command()
                : "a check proves nothing (" + evidence.command() + "): " + objection;
    }

    private void merge(TaskState.Verifying verifying, Verification checks) {
        if (verifying.work().commit().equals(verifying.work().baseCommit())) {
            swarm.change(s -> s.accepted(taskId, verifying.work().commit()));
            return;
        }
        var merge = verifying.merge();
        for (int i = 0; i < MOST_MERGE_TRIES; i++) {
            stop.check();
            if (merge != null && committed(verifying.agentId(), merge)) {
                var mergedCommit = merge.mergedCommit();
                swarm.change(s -> s.accepted(taskId, mergedCommit));
                return;
            }
            merge = prepare(verifying, checks);
            if (merge == null) {
                return;
            }
        }
        swarm.change(s -> s.rejected(taskId, "main kept moving while this was merged"));
    }

    /// @return null where the task was rejected
    private @Nullable Merge prepare(TaskState.Verifying verifying, Verification checks) {
        var work = verifying.work();
        var subject = "Merge task " + taskId;
        var prepared =
                swarm.persistently(
                        stop, () -> swarm.calls().prepareMerge(Ids.next(), work.commit(), subject));
        if (prepared.getMergedCommit().isEmpty()) {
            var paths = String.join(", ", prepared.getConflictingPathsList());
            swarm.change(s -> s.notTaken(taskId, "merge conflict in " + paths));
            return null;
        }
        if (!prepared.getMergedCommit().equals(work.commit())) {
            checks.ofMerge(taskId, verifying.agentId(), work, prepared.getMergedCommit());
            if (rejected("a check failed on the merged tree")) {
                return null;
            }
        }
        var merge = new Merge(prepared.getExpectedMain(), prepared.getMergedCommit());
        swarm.change(s -> s.merging(taskId, merge));
        return merge;
    }

    /// @return false where main has moved since the merge was prepared
    private boolean committed(String agentId, Merge merge) {
        try {
            swarm.persistently(
                    stop,
                    () -> swarm.calls().commitMerge(agentId + ":" + merge.mergedCommit(), merge));
            return true;
        } catch (Refused e) {
            if (!e.wrongState()) {
                throw e;
            }
            return swarm.persistently(stop, () -> swarm.calls().merged(merge.mergedCommit()));
        }
    }
}
