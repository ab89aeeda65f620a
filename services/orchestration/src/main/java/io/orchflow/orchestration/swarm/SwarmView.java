package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.activity.ActivityView;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.message.Title;
import io.orchflow.orchestration.model.UsageView;
import io.orchflow.orchestration.plan.RunLine;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.FrozenCheck;
import io.orchflow.orchestration.task.Returned;
import io.orchflow.orchestration.task.Review;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A swarm in the API.
///
/// @param wish what was asked of it, where its state has not followed yet: PAUSE, CANCEL or RUN
/// @param reason why no progress is made though it runs
public record SwarmView(
        String id,
        String planId,
        String workspaceId,
        @Nullable String conversationId,
        @Schema(
                        description =
                                "What the person asked for: the message that led to the plan, cut to 120 characters.")
                String title,
        @Schema(enumeration = {"PENDING", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED"})
                String state,
        @Nullable
                @Schema(
                        description = "What was asked of it, where its state has not followed yet.",
                        enumeration = {"PAUSE", "CANCEL", "RUN"})
                String wish,
        @Nullable
                @Schema(
                        description =
                                "How far its pause goes; only while it is PAUSED or shall be.",
                        enumeration = {"hold", "interrupt", "freeze", "hibernate"})
                String pauseLevel,
        @Nullable
                @Schema(
                        description = "Why it is PAUSED or shall be.",
                        enumeration = {"person", "restart", "budget"})
                String pausedBy,
        @Nullable @Schema(description = "Why no progress is made though it runs.") String reason,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Schema(description = "Without pauses.") long elapsedMs,
        Progress progress,
        List<AgentView> agents,
        List<TaskView> tasks,
        @Nullable
                @Schema(
                        description =
                                "Only with COMPLETED, for what recipes have built: lines that a person may type in the workspace's main checkout to use it.")
                List<RunLine> howToRun,
        @Nullable
                @Schema(
                        description =
                                "What git could not merge by itself if all that is at work were merged now. Absent: nothing.")
                List<ConflictView> conflicts,
        UsageView usage) {

    public record Progress(int done, int total) {
        static Progress of(Swarm swarm) {
            return new Progress(swarm.done(), swarm.tasks().size());
        }
    }

    /// The event that tells of a swarm.
    @RegisterForReflection
    public record SwarmEvent(
            String swarmId,
            String state,
            @Nullable String reason,
            long elapsedMs,
            Progress progress) {
        static SwarmEvent of(Swarm swarm, Instant now) {
            return new SwarmEvent(
                    swarm.id(),
                    swarm.state().word(),
                    swarm.waiting(),
                    swarm.elapsed(now).toMillis(),
                    Progress.of(swarm));
        }
    }

    /// @param swarmId only in events
    public record AgentView(
            String id,
            @Nullable String swarmId,
            String role,
            @Schema(
                            enumeration = {
                                "STARTING",
                                "WORKING",
                                "NEEDS_YOU",
                                "PAUSED",
                                "VERIFYING",
                                "EXITED"
                            })
                    String state,
            String taskId,
            String adapter,
            @Nullable
                    @Schema(
                            description =
                                    "The agent program; absent for recipes and plain commands.")
                    String profile,
            int attempt,
            @Nullable String paneId,
            @Nullable @Schema(description = "The live process, as seen on its node.") Integer pid,
            @Nullable Integer exitCode,
            @Nullable
                    @Schema(
                            description =
                                    "Only with NEEDS_YOU: why, in one line of at most 200 characters. A notification's text is the program's own.")
                    String reason,
            @Nullable @Schema(description = "Only with NEEDS_YOU: when it asked.") Instant since,
            @Nullable
                    @Schema(
                            description =
                                    "What its program did last; not in events, which tell it by itself.")
                    ActivityView activity) {
        static AgentView of(
                Agent agent, @Nullable String swarmId, @Nullable ActivityView activity) {
            var question = agent.state().shownQuestion();
            return new AgentView(
                    agent.id(),
                    swarmId,
                    agent.role(),
                    agent.state().word(),
                    agent.taskId(),
                    agent.adapter().word(),
                    agent.profile(),
                    agent.attempt(),
                    agent.state().shownPane(),
                    agent.state().shownPid(),
                    agent.state().shownExitCode(),
                    question == null ? null : question.reason(),
                    question == null ? null : millis(question.since()),
                    activity);
        }
    }

    /// @param swarmId only in events
    /// @param reason why it FAILED or was CANCELLED
    /// @param commit what was judged
    public record TaskView(
            String id,
            @Nullable String swarmId,
            String title,
            String role,
            @Schema(
                            enumeration = {
                                "WAITING",
                                "READY",
                                "RUNNING",
                                "VERIFYING",
                                "DONE",
                                "FAILED",
                                "CANCELLED"
                            })
                    String state,
            int attempts,
            List<String> dependsOn,
            @Schema(description = "What has to pass, as it was approved.") List<CheckView> checks,
            @Nullable @Schema(description = "Of the latest attempt.") Instant startedAt,
            @Nullable @Schema(description = "When it was DONE, FAILED or CANCELLED.")
                    Instant endedAt,
            @Nullable String reason,
            @Nullable String commit,
            @Nullable
                    @Schema(
                            description =
                                    "What of an earlier attempt was not taken; the present one was told.")
                    ReturnedView returned,
            @Nullable
                    @Schema(
                            description =
                                    "Only where the plan asks for it, once the checks passed.")
                    ReviewView review,
            @Nullable List<EvidenceView> evidence) {
        static TaskView of(Task task, String swarm, boolean event) {
            var judged = task.state().judged();
            return new TaskView(
                    task.id(),
                    event ? swarm : null,
                    task.planned().title(),
                    task.planned().role(),
                    task.state().word(),
                    task.attempts(),
                    task.planned().dependsOn(),
                    task.checks().stream().map(CheckView::of).toList(),
                    millis(task.time().startedAt()),
                    millis(task.time().endedAt()),
                    reason(task.state()),
                    judged == null ? null : judged.commit(),
                    ReturnedView.of(task.returned()),
                    ReviewView.of(task.review()),
                    task.evidence().isEmpty()
                            ? null
                            : task.evidence().stream()
                                    .map(evidence -> EvidenceView.of(evidence, swarm))
                                    .toList());
        }

        private static @Nullable String reason(TaskState state) {
            return switch (state) {
                case TaskState.Failed(var _, var _, var reason) -> reason;
                case TaskState.Cancelled(var reason) -> reason;
                case TaskState.Waiting _,
                        TaskState.Ready _,
                        TaskState.Running _,
                        TaskState.Verifying _,
                        TaskState.Done _ ->
                        null;
            };
        }
    }

    /// @param times without those that a person asked for
    public record ReturnedView(int times, String reason, String commit) {
        static @Nullable ReturnedView of(@Nullable Returned returned) {
            return returned == null
                    ? null
                    : new ReturnedView(returned.times(), returned.reason(), returned.commit());
        }
    }

    public record ReviewView(
            @Schema(enumeration = {"OPEN", "ACCEPTED"}) String state,
            String commit,
            @Nullable @Schema(description = "The user who accepted it.") String by) {
        static @Nullable ReviewView of(@Nullable Review review) {
            return review == null
                    ? null
                    : new ReviewView(
                            review.open() ? "OPEN" : "ACCEPTED",
                            review.commit(),
                            review.acceptedBy());
        }
    }

    /// An acceptance check, frozen at approval.
    public record CheckView(
            @Schema(description = "A line for `sh -c`.") String command, String sha256) {
        static CheckView of(FrozenCheck check) {
            return new CheckView(check.command(), check.sha256());
        }
    }

    /// @param stage COMMIT: the task's own commit; MERGED: that commit merged into main
    public record EvidenceView(
            String id,
            String command,
            int exitCode,
            @Nullable @Schema(description = "Of the same check on the base commit.")
                    Integer baselineExitCode,
            @Nullable
                    @Schema(
                            description =
                                    "Of stdout and stderr on the base commit; absent where the check did not run there.")
                    String baselineOutputSha256,
            @Nullable String baselineOutputUrl,
            @Nullable
                    @Schema(
                            description =
                                    "Of the same check with the files it reads as they were on the base commit; absent where it was not run: none of those files was changed, or the plan allows it.")
                    Integer originalInputsExitCode,
            @Nullable
                    @Schema(
                            description =
                                    "Why exit code 0 proves nothing here, so that the task is not DONE.")
                    String objection,
            @Schema(description = "Of stdout and stderr.") String outputSha256,
            String outputUrl,
            long outputBytes,
            String checkSha256,
            List<String> inputsChanged,
            String commit,
            @Schema(
                            description =
                                    "COMMIT: the task's own commit; MERGED: that commit merged into main.",
                            enumeration = {"COMMIT", "MERGED"})
                    String stage,
            @Schema(enumeration = {"sandboxed", "cooperative"}) String assurance,
            Instant finishedAt) {
        static EvidenceView of(Evidence evidence, String swarmId) {
            var url = "/api/swarms/" + swarmId + "/evidence/" + evidence.id();
            var baseline = evidence.baselineOutput();
            return new EvidenceView(
                    evidence.id(),
                    evidence.command(),
                    evidence.exitCode(),
                    evidence.baselineExitCode(),
                    baseline == null ? null : baseline.sha256(),
                    baseline == null ? null : url + "/baseline-output",
                    evidence.scrutiny().originalInputsExitCode(),
                    evidence.scrutiny().objection(),
                    evidence.outputSha256(),
                    url + "/output",
                    evidence.outputBytes(),
                    evidence.checkSha256(),
                    evidence.inputsChanged(),
                    evidence.commit(),
                    evidence.stage().name(),
                    evidence.assurance(),
                    evidence.finishedAt().truncatedTo(ChronoUnit.MILLIS));
        }
    }

    public static SwarmView of(
            Swarm swarm,
            UsageView usage,
            List<ConflictView> conflicts,
            Map<String, ActivityView> activity,
            Instant now) {
        return new SwarmView(
                swarm.id(),
                swarm.origin().planId(),
                swarm.origin().workspaceId(),
                swarm.origin().conversationId(),
                Title.of(swarm.origin().request()),
                swarm.state().word(),
                pendingWish(swarm),
                pauses(swarm) ? swarm.wish().level().word() : null,
                pauses(swarm) ? swarm.wish().cause() : null,
                swarm.waiting(),
                millis(swarm.time().startedAt()),
                millis(swarm.time().endedAt()),
                swarm.elapsed(now).toMillis(),
                Progress.of(swarm),
                swarm.agents().stream()
                        .map(agent -> AgentView.of(agent, null, activity.get(agent.id())))
                        .toList(),
                swarm.tasks().stream().map(t -> TaskView.of(t, swarm.id(), false)).toList(),
                howToRun(swarm),
                swarm.state().ended() || conflicts.isEmpty() ? null : conflicts,
                usage.ofSwarm());
    }

    private static @Nullable List<RunLine> howToRun(Swarm swarm) {
        var lines = swarm.origin().howToRun();
        return swarm.state() instanceof SwarmState.Completed && !lines.isEmpty() ? lines : null;
    }

    private static boolean pauses(Swarm swarm) {
        return !swarm.state().ended() && swarm.wish().kind() == Wish.Kind.PAUSE;
    }

    private static @Nullable String pendingWish(Swarm swarm) {
        var wish = swarm.wish().kind();
        var followed =
                switch (swarm.state()) {
                    case SwarmState.Pending _, SwarmState.Running _ -> wish == Wish.Kind.RUN;
                    case SwarmState.Paused _ -> wish == Wish.Kind.PAUSE;
                    case SwarmState.Completed _, SwarmState.Failed _, SwarmState.Cancelled _ ->
                            true;
                };
        return followed ? null : wish.name();
    }

    private static @Nullable Instant millis(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
