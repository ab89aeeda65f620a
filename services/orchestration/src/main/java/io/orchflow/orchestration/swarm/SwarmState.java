package io.orchflow.orchestration.swarm;

import java.time.Instant;

/// The states of a swarm. Their methods are the only legal transitions.
public sealed interface SwarmState {

    /// Approved; no worker has begun.
    record Pending() implements SwarmState {
        public Running start(Instant now) {
            return new Running(now);
        }

        public Cancelled cancel() {
            return new Cancelled();
        }
    }

    /// @param since when it began, or went on after the last pause
    record Running(Instant since) implements SwarmState {
        public Paused pause() {
            return new Paused();
        }

        public Completed complete() {
            return new Completed();
        }

        public Failed fail() {
            return new Failed();
        }

        public Cancelled cancel() {
            return new Cancelled();
        }
    }

    /// Every process of it is stopped.
    record Paused() implements SwarmState {
        public Running resume(Instant now) {
            return new Running(now);
        }

        public Cancelled cancel() {
            return new Cancelled();
        }
    }

    /// Every task is done.
    record Completed() implements SwarmState {
        /// A later run of some checks failed.
        public Failed refute() {
            return new Failed();
        }
    }

    record Failed() implements SwarmState {
        /// A failed task is tried again.
        public Running reopen(Instant now) {
            return new Running(now);
        }
    }

    record Cancelled() implements SwarmState {}

    /// As in the API.
    default String word() {
        return switch (this) {
            case Pending _ -> "PENDING";
            case Running _ -> "RUNNING";
            case Paused _ -> "PAUSED";
            case Completed _ -> "COMPLETED";
            case Failed _ -> "FAILED";
            case Cancelled _ -> "CANCELLED";
        };
    }

    default boolean ended() {
        return switch (this) {
            case Pending _, Running _, Paused _ -> false;
            case Completed _, Failed _, Cancelled _ -> true;
        };
    }
}
