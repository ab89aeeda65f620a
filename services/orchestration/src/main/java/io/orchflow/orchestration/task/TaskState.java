package io.orchflow.orchestration.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states of a task. Their methods are the only legal transitions.
public sealed interface TaskState {

    /// Dependencies are not merged yet.
    record Waiting() implements TaskState {
        public Ready ready() {
            return new Ready();
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /// May be launched.
    record Ready() implements TaskState {
        public Running start(String agentId) {
            return new Running(agentId);
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /// Its agent works, or has exited and its commits are on their way.
    record Running(String agentId) implements TaskState {
        public Verifying collected(Work work) {
            return new Verifying(agentId, work, null);
        }

        public Failed fail(String reason) {
            return new Failed(agentId, null, reason);
        }

        /// The attempt died with its workspace: the task has to run again.
        public Ready interrupted() {
            return new Ready();
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /// The checks run, then the merge.
    ///
    /// @param merge the move of main that is being made
    record Verifying(String agentId, Work work, @Nullable Merge merge) implements TaskState {
        public Verifying merging(Merge next) {
            return new Verifying(agentId, work, next);
        }

        /// @throws IllegalStateException without evidence, or when any of it failed
        public Done accept(List<Evidence> evidence, String mergedCommit) {
            if (evidence.isEmpty() || !evidence.stream().allMatch(Evidence::passed)) {
                throw new IllegalStateException("no task is done without passed evidence");
            }
            return new Done(agentId, work, mergedCommit);
        }

        public Failed reject(String reason) {
            return new Failed(agentId, work, reason);
        }

        /// Its agent shall try again.
        public Ready giveBack() {
            return new Ready();
        }

        public Cancelled cancel(String reason) {
            return new Cancelled(reason);
        }
    }

    /// Proved and merged.
    record Done(String agentId, Work work, String mergedCommit) implements TaskState {
        /// A later run of its checks failed.
        public Failed refute(String reason) {
            return new Failed(agentId, work, reason);
        }
    }

    record Failed(@Nullable String agentId, @Nullable Work work, String reason)
            implements TaskState {
        public Ready retry() {
            return new Ready();
        }
    }

    record Cancelled(String reason) implements TaskState {
        /// What cancelled it is tried again.
        public Waiting revive() {
            return new Waiting();
        }
    }

    /// As in the API.
    default String word() {
        return switch (this) {
            case Waiting _ -> "WAITING";
            case Ready _ -> "READY";
            case Running _ -> "RUNNING";
            case Verifying _ -> "VERIFYING";
            case Done _ -> "DONE";
            case Failed _ -> "FAILED";
            case Cancelled _ -> "CANCELLED";
        };
    }

    /// Nothing happens any more unless a person asks.
    default boolean settled() {
        return switch (this) {
            case Waiting _, Ready _, Running _, Verifying _ -> false;
            case Done _, Failed _, Cancelled _ -> true;
        };
    }

    /// The judged commit, once there is one.
    default @Nullable Work judged() {
        return switch (this) {
            case Verifying state -> state.work();
            case Done state -> state.work();
            case Failed state -> state.work();
            case Waiting _, Ready _, Running _, Cancelled _ -> null;
        };
    }
}
