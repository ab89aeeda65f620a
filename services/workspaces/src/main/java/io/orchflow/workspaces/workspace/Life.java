package io.orchflow.workspaces.workspace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a workspace is in its life. The methods of each state are the only ways out of it; what
/// people may ask for in every state is answered by [#start], [#stop] and [#delete].
public sealed interface Life {

    /// Asked for; nothing of it exists yet.
    ///
    /// @param orderedAt when somebody asked for it
    record Requested(Instant orderedAt) implements Life {
        public Starting begin() {
            return new Starting(orderedAt, 1, orderedAt, null);
        }
    }

    /// Its agent is being started, or waits for its next try.
    ///
    /// @param attempt number of this try in a row, from 1
    /// @param dueAt not tried before
    /// @param last what went wrong before; absent for the first try
    record Starting(Instant orderedAt, int attempt, Instant dueAt, @Nullable Trouble last)
            implements Life {

        public Starting {
            if (attempt < 1 || attempt > Backoff.MOST_TRIES) {
                throw new IllegalArgumentException("attempt " + attempt);
            }
        }

        public Running serving(Isolation isolation, @Nullable String notice, Instant now) {
            return new Running(isolation, notice, now, attempt);
        }

        /// This try came to nothing.
        public Life again(Trouble trouble, Instant now) {
            return nextTry(orderedAt, attempt + 1, trouble, now);
        }

        /// orchflow itself stops; the workspace comes back with it.
        public Stopped suspend() {
            return new Stopped(true);
        }
    }

    /// Its agent serves.
    ///
    /// @param notice why isolation is weaker than it could be; absent where all is well
    /// @param since when its agent was first seen to serve
    /// @param attempt the try that brought it here
    record Running(Isolation isolation, @Nullable String notice, Instant since, int attempt)
            implements Life {

        /// Its agent ended unasked, or answers no more.
        public Life lose(Trouble trouble, Instant now) {
            var settled = Duration.between(since, now).compareTo(Backoff.SETTLED) >= 0;
            return nextTry(now, settled ? 1 : attempt + 1, trouble, now);
        }

        /// orchflow itself stops; the workspace comes back with it.
        public Stopped suspend() {
            return new Stopped(true);
        }
    }

    /// Everything of it is being ended.
    record Stopping() implements Life {
        public Stopped done() {
            return new Stopped(false);
        }
    }

    /// No process of it is left; its files are.
    ///
    /// @param startsAgain it was running when orchflow stopped, and starts with the next start
    record Stopped(boolean startsAgain) implements Life {
        public Starting resume(Instant now) {
            return new Starting(now, 1, now, null);
        }
    }

    /// It could not be started, and nobody tries any more.
    record Failed(Trouble trouble) implements Life {}

    /// Everything of it is being ended, and its files removed after that.
    record Deleting() implements Life {}

    /// The state for clients.
    default Status status() {
        return switch (this) {
            case Requested _ -> Status.REQUESTED;
            case Starting _ -> Status.STARTING;
            case Running _ -> Status.RUNNING;
            case Stopping _, Deleting _ -> Status.STOPPING;
            case Stopped _ -> Status.STOPPED;
            case Failed _ -> Status.FAILED;
        };
    }

    /// Why it is in this state, where that is not plain; a sentence for people.
    default @Nullable String reason() {
        return switch (this) {
            case Starting s -> s.last() == null ? null : s.last().text();
            case Running r -> r.notice();
            case Stopped s -> s.startsAgain() ? "It starts again together with orchflow." : null;
            case Failed f -> f.trouble().text();
            case Deleting _ -> "It is being deleted.";
            case Requested _, Stopping _ -> null;
        };
    }

    default Isolation isolation() {
        return this instanceof Running running ? running.isolation() : Isolation.NONE;
    }

    /// Somebody wants it to run. Nothing changes where it does, or is about to.
    ///
    /// @throws WrongStateException it is being stopped or deleted
    default Life start(Instant now) {
        return switch (this) {
            case Requested _, Starting _, Running _ -> this;
            case Stopped s -> s.resume(now);
            case Failed _ -> new Starting(now, 1, now, null);
            case Stopping _ -> throw wrong("is being stopped; start it once it is STOPPED.");
            case Deleting _ -> throw wrong("is being deleted.");
        };
    }

    /// Somebody wants it to stand still. Nothing changes where it does, or is about to.
    ///
    /// @throws WrongStateException it is being deleted
    default Life stop() {
        return switch (this) {
            case Requested _ -> new Stopped(false);
            case Starting _, Running _, Failed _ -> new Stopping();
            case Stopping _ -> this;
            case Stopped s -> s.startsAgain() ? new Stopped(false) : this;
            case Deleting _ -> throw wrong("is being deleted.");
        };
    }

    /// Somebody wants it gone. Always allowed.
    default Life delete() {
        return this instanceof Deleting ? this : new Deleting();
    }

    private WrongStateException wrong(String why) {
        return new WrongStateException(status(), "The workspace " + why);
    }

    private static Life nextTry(Instant orderedAt, int attempt, Trouble trouble, Instant now) {
        return attempt > Backoff.MOST_TRIES
                ? new Failed(trouble)
                : new Starting(orderedAt, attempt, now.plus(Backoff.before(attempt)), trouble);
    }
}
