package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.plan.RunLine;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.FrozenCheck;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Returned;
import io.orchflow.orchestration.task.Review;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.orchestration.task.TaskTime;
import io.orchflow.orchestration.task.Work;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows to domain.
final class SwarmRows {

    private SwarmRows() {}

    static Swarm swarm(Row row, List<Task> tasks, List<Agent> agents) {
        return new Swarm(
                row.getString("id"),
                new Origin(
                        row.getString("plan_id"),
                        row.getString("conversation_id"),
                        row.getString("workspace_id"),
                        row.getString("team_id"),
                        row.getString("approved_by"),
                        row.getString("request"),
                        row.getString("correlation_id"),
                        howToRun(row)),
                state(row),
                new Wish(
                        Wish.Kind.valueOf(row.getString("wish")),
                        row.getString("wished_by"),
                        PauseLevel.valueOf(row.getString("wish_level"))),
                tasks,
                agents,
                new SwarmTime(
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        Duration.ofMillis(row.getLong("ran_ms"))),
                row.getString("waiting"),
                row.getLong("commands"));
    }

    private static List<RunLine> howToRun(Row row) {
        var labels = strings(row, "run_labels");
        var commands = strings(row, "run_commands");
        return IntStream.range(0, labels.size())
                .mapToObj(i -> new RunLine(labels.get(i), commands.get(i)))
                .toList();
    }

    private static SwarmState state(Row row) {
        return switch (row.getString("state")) {
            case "PENDING" -> new SwarmState.Pending();
            case "RUNNING" ->
                    new SwarmState.Running(Objects.requireNonNull(instant(row, "running_since")));
            case "PAUSED" -> new SwarmState.Paused();
            case "COMPLETED" -> new SwarmState.Completed();
            case "FAILED" -> new SwarmState.Failed();
            case "CANCELLED" -> new SwarmState.Cancelled();
            case String other -> throw new IllegalStateException("swarm state " + other);
        };
    }

    static Task task(Row row, List<Evidence> evidence, PlanRepository plans) {
        var commands = strings(row, "check_commands");
        var digests = strings(row, "check_digests");
        return new Task(
                plans.read(row.getString("planned_text")),
                IntStream.range(0, commands.size())
                        .mapToObj(i -> new FrozenCheck(commands.get(i), digests.get(i)))
                        .toList(),
                taskState(row),
                row.getInteger("attempts"),
                evidence,
                row.getInteger("verify_round"),
                row.getBoolean("verify_pending"),
                new TaskTime(instant(row, "started_at"), instant(row, "ended_at")),
                returned(row),
                review(row));
    }

    private static @Nullable Returned returned(Row row) {
        var commit = row.getString("returned_commit");
        return commit == null
                ? null
                : new Returned(
                        row.getInteger("returned_times"), row.getString("returned_reason"), commit);
    }

    private static @Nullable Review review(Row row) {
        var commit = row.getString("review_commit");
        return commit == null ? null : new Review(commit, row.getString("reviewed_by"));
    }

    private static TaskState taskState(Row row) {
        var agentId = row.getString("agent_id");
        var reason = Objects.requireNonNullElse(row.getString("reason"), "");
        return switch (row.getString("state")) {
            case "WAITING" -> new TaskState.Waiting();
            case "READY" -> new TaskState.Ready();
            case "RUNNING" -> new TaskState.Running(agentId);
            case "VERIFYING" -> new TaskState.Verifying(agentId, work(row), merge(row));
            case "DONE" -> new TaskState.Done(agentId, work(row), row.getString("merged_commit"));
            case "FAILED" ->
                    new TaskState.Failed(
                            agentId, row.getString("commit") == null ? null : work(row), reason);
            case "CANCELLED" -> new TaskState.Cancelled(reason);
            case String other -> throw new IllegalStateException("task state " + other);
        };
    }

    private static Work work(Row row) {
        return new Work(
                row.getString("base_commit"),
                row.getString("commit"),
                strings(row, "changed_paths"));
    }

    private static @Nullable Merge merge(Row row) {
        var expected = row.getString("expected_main");
        return expected == null ? null : new Merge(expected, row.getString("merged_commit"));
    }

    static Agent agent(Row row) {
        return new Agent(
                row.getString("id"),
                row.getString("task_id"),
                row.getInteger("attempt"),
                row.getString("role"),
                AdapterKind.of(row.getString("adapter")).orElseThrow(),
                row.getString("profile"),
                agentState(row),
                Agent.Wish.valueOf(row.getString("wish")));
    }

    private static AgentState agentState(Row row) {
        var pane = row.getString("pane_id");
        var pid = row.getInteger("pid");
        return switch (row.getString("state")) {
            case "STARTING" -> new AgentState.Starting();
            case "WORKING" -> new AgentState.Working(pane, pid);
            case "NEEDS_YOU" -> new AgentState.NeedsYou(pane, pid, question(row));
            case "PAUSED" -> new AgentState.Paused(pane, pid);
            case "VERIFYING" -> new AgentState.Verifying(pane);
            case "EXITED" -> new AgentState.Exited(pane, row.getInteger("exit_code"));
            case String other -> throw new IllegalStateException("agent state " + other);
        };
    }

    private static Question question(Row row) {
        return new Question(
                row.getString("asks"), Objects.requireNonNull(instant(row, "asks_since")));
    }

    static Evidence evidence(Row row) {
        return new Evidence(
                row.getString("id"),
                row.getString("agent_id"),
                Evidence.Stage.valueOf(row.getString("stage")),
                row.getInteger("round"),
                row.getInteger("check_position"),
                row.getString("command"),
                row.getString("check_sha256"),
                row.getInteger("exit_code"),
                baseline(row),
                new Evidence.Scrutiny(
                        row.getInteger("original_inputs_exit_code"), row.getString("objection")),
                row.getString("output_sha256"),
                row.getLong("output_bytes"),
                strings(row, "inputs_changed"),
                row.getString("commit"),
                row.getString("assurance"),
                Objects.requireNonNull(instant(row, "finished_at")));
    }

    private static Evidence.@Nullable Baseline baseline(Row row) {
        var exitCode = row.getInteger("baseline_exit_code");
        var sha256 = row.getString("baseline_sha256");
        if (exitCode == null) {
            return null;
        }
        var output =
                sha256 == null ? null : new Evidence.Output(sha256, row.getLong("baseline_bytes"));
        return new Evidence.Baseline(exitCode, output);
    }

    static OutgoingMessage message(Row row) {
        return new OutgoingMessage(
                row.getString("id"),
                Objects.requireNonNullElse(row.getString("to_agent"), ""),
                row.getString("text"),
                row.getString("from_user"),
                row.getString("from_name"),
                Objects.requireNonNull(instant(row, "sent_at")));
    }

    static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static List<String> strings(Row row, String column) {
        var values = row.getArrayOfStrings(column);
        return values == null ? new ArrayList<>() : List.of(values);
    }
}
