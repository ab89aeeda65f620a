package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.plan.RunLine;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.FrozenCheck;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.outbox.Tx;
import org.jspecify.annotations.Nullable;

/// Domain to rows: what a step changed, and nothing else.
final class SwarmWrites {

    private SwarmWrites() {}

    static void insert(Tx tx, Swarm swarm, PlanRepository plans) {
        var origin = swarm.origin();
        tx.update(
                """
                insert into swarm (id, plan_id, conversation_id, team_id, workspace_id, approved_by, request,
                                   correlation_id, state, wish, wished_by, ran_ms, commands, attention,
                                   run_labels, run_commands)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, true, $13, $14)
                """,
                swarm.id(),
                origin.planId(),
                origin.conversationId(),
                origin.teamId(),
                origin.workspaceId(),
                origin.approvedBy(),
                origin.request(),
                origin.correlationId(),
                swarm.state().word(),
                swarm.wish().kind().name(),
                swarm.wish().by(),
                swarm.commands(),
                origin.howToRun().stream().map(RunLine::label).toArray(String[]::new),
                origin.howToRun().stream().map(RunLine::command).toArray(String[]::new));
        for (int i = 0; i < swarm.tasks().size(); i++) {
            insert(tx, swarm.id(), i, swarm.tasks().get(i), plans);
        }
    }

    private static void insert(
            Tx tx, String swarmId, int position, Task task, PlanRepository plans) {
        tx.update(
                """
                insert into task (swarm_id, id, position, planned, check_commands, check_digests, state, attempts,
                                  verify_round, verify_pending)
                values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, 0, 0, false)
                """,
                swarmId,
                task.id(),
                position,
                plans.write(task.planned()),
                task.checks().stream().map(FrozenCheck::command).toArray(String[]::new),
                task.checks().stream().map(FrozenCheck::sha256).toArray(String[]::new),
                task.state().word());
    }

    static void update(Tx tx, Swarm before, Swarm after) {
        for (var agent : after.agents()) {
            var was = before.agent(agent.id());
            if (was.isEmpty()) {
                insert(tx, after.id(), agent);
            } else if (!was.get().equals(agent)) {
                update(tx, agent);
            }
        }
        for (var task : after.tasks()) {
            var was = before.task(task.id()).orElseThrow();
            if (!was.equals(task)) {
                update(tx, after.id(), task);
                task.evidence().stream()
                        .filter(evidence -> !was.evidence().contains(evidence))
                        .forEach(evidence -> insert(tx, after.id(), task.id(), evidence));
            }
        }
        update(tx, after);
    }

    private static void update(Tx tx, Swarm swarm) {
        tx.update(
                """
                update swarm set state = $2, running_since = $3, wish = $4, wished_by = $5, started_at = $6,
                       ended_at = $7, ran_ms = $8, waiting = $9, commands = $10,
                       attention = attention or commands <> $10, wish_level = $11
                where id = $1
                """,
                swarm.id(),
                swarm.state().word(),
                swarm.state() instanceof SwarmState.Running(var since)
                        ? SwarmRows.time(since)
                        : null,
                swarm.wish().kind().name(),
                swarm.wish().by(),
                SwarmRows.time(swarm.time().startedAt()),
                SwarmRows.time(swarm.time().endedAt()),
                swarm.time().ran().toMillis(),
                swarm.waiting(),
                swarm.commands(),
                swarm.wish().level().name());
    }

    private static void update(Tx tx, String swarmId, Task task) {
        var judged = task.state().judged();
        var returned = task.returned();
        var review = task.review();
        tx.update(
                """
                update task set state = $3, attempts = $4, agent_id = $5, base_commit = $6, commit = $7,
                       changed_paths = $8, expected_main = $9, merged_commit = $10, reason = $11,
                       verify_round = $12, verify_pending = $13, started_at = $14, ended_at = $15,
                       returned_times = $16, returned_reason = $17, returned_commit = $18, review_commit = $19,
                       reviewed_by = $20
                where swarm_id = $1 and id = $2
                """,
                swarmId,
                task.id(),
                task.state().word(),
                task.attempts(),
                agentId(task.state()),
                judged == null ? null : judged.baseCommit(),
                judged == null ? null : judged.commit(),
                judged == null ? null : judged.changedPaths().toArray(String[]::new),
                merge(task.state()) instanceof Merge(var expected, var _) ? expected : null,
                mergedCommit(task.state()),
                reason(task.state()),
                task.verifyRound(),
                task.verifyPending(),
                SwarmRows.time(task.time().startedAt()),
                SwarmRows.time(task.time().endedAt()),
                returned == null ? 0 : returned.times(),
                returned == null ? null : returned.reason(),
                returned == null ? null : returned.commit(),
                review == null ? null : review.commit(),
                review == null ? null : review.acceptedBy());
    }

    private static @Nullable String agentId(TaskState state) {
        return switch (state) {
            case TaskState.Running running -> running.agentId();
            case TaskState.Verifying verifying -> verifying.agentId();
            case TaskState.Done done -> done.agentId();
            case TaskState.Failed failed -> failed.agentId();
            case TaskState.Waiting _, TaskState.Ready _, TaskState.Cancelled _ -> null;
        };
    }

    private static @Nullable Merge merge(TaskState state) {
        return state instanceof TaskState.Verifying verifying ? verifying.merge() : null;
    }

    private static @Nullable String mergedCommit(TaskState state) {
        if (state instanceof TaskState.Done done) {
            return done.mergedCommit();
        }
        return merge(state) instanceof Merge(var _, var merged) ? merged : null;
    }

    private static @Nullable String reason(TaskState state) {
        return switch (state) {
            case TaskState.Failed failed -> failed.reason();
            case TaskState.Cancelled cancelled -> cancelled.reason();
            case TaskState.Waiting _,
                    TaskState.Ready _,
                    TaskState.Running _,
                    TaskState.Verifying _,
                    TaskState.Done _ ->
                    null;
        };
    }

    private static void insert(Tx tx, String swarmId, Agent agent) {
        tx.update(
                """
                insert into agent (id, swarm_id, task_id, attempt, role, adapter, profile, state, pane_id, pid, exit_code,
                                   wish)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                """,
                agent.id(),
                swarmId,
                agent.taskId(),
                agent.attempt(),
                agent.role(),
                agent.adapter().word(),
                agent.profile(),
                agent.state().word(),
                agent.state().shownPane(),
                agent.state().shownPid(),
                agent.state().shownExitCode(),
                agent.wish().name());
    }

    private static void update(Tx tx, Agent agent) {
        var question = agent.state().shownQuestion();
        tx.update(
                """
                update agent set state = $2, pane_id = $3, pid = $4, exit_code = $5, wish = $6, asks = $7,
                       asks_since = $8
                where id = $1
                """,
                agent.id(),
                agent.state().word(),
                agent.state().shownPane(),
                agent.state().shownPid(),
                agent.state().shownExitCode(),
                agent.wish().name(),
                question == null ? null : question.reason(),
                question == null ? null : SwarmRows.time(question.since()));
    }

    private static void insert(Tx tx, String swarmId, String taskId, Evidence evidence) {
        var baseline = evidence.baselineOutput();
        tx.update(
                """
                insert into evidence (id, swarm_id, task_id, agent_id, stage, round, check_position, command,
                                      check_sha256, exit_code, baseline_exit_code, output_sha256, output_bytes,
                                      inputs_changed, commit, assurance, finished_at, baseline_sha256,
                                      baseline_bytes, original_inputs_exit_code, objection)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                        $20, $21)
                """,
                evidence.id(),
                swarmId,
                taskId,
                evidence.agentId(),
                evidence.stage().name(),
                evidence.round(),
                evidence.check(),
                evidence.command(),
                evidence.checkSha256(),
                evidence.exitCode(),
                evidence.baselineExitCode(),
                evidence.outputSha256(),
                evidence.outputBytes(),
                evidence.inputsChanged().toArray(String[]::new),
                evidence.commit(),
                evidence.assurance(),
                SwarmRows.time(evidence.finishedAt()),
                baseline == null ? null : baseline.sha256(),
                baseline == null ? null : Long.valueOf(baseline.bytes()),
                evidence.scrutiny().originalInputsExitCode(),
                evidence.scrutiny().objection());
    }
}
