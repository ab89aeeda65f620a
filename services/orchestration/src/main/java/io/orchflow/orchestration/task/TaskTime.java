package io.orchflow.orchestration.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a task's latest attempt began, and when the task settled.
public record TaskTime(@Nullable Instant startedAt, @Nullable Instant endedAt) {

    public static final TaskTime NONE = new TaskTime(null, null);

    /// After a step from one state to another.
    TaskTime stepped(TaskState was, TaskState is, Instant now) {
        if (was.word().equals(is.word()) || (was.settled() && is.settled())) {
            return this;
        }
        return switch (is) {
            case TaskState.Waiting _, TaskState.Ready _ -> NONE;
            case TaskState.Running _ -> new TaskTime(now, null);
            case TaskState.Verifying _ -> this;
            case TaskState.Done _, TaskState.Failed _, TaskState.Cancelled _ ->
                    new TaskTime(startedAt, now);
        };
    }
}
