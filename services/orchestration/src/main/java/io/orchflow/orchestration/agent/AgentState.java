package io.orchflow.orchestration.agent;

import org.jspecify.annotations.Nullable;

/// The states of an agent. Their methods are the only legal transitions; `exited` and `lost` are
/// legal wherever a process may be.
public sealed interface AgentState {

    /// Asked for, not seen yet.
    record Starting() implements AgentState {
        public Working started(String paneId, @Nullable Integer pid) {
            return new Working(paneId, pid);
        }
    }

    /// @param pid the pane's live process on its node
    record Working(String paneId, @Nullable Integer pid) implements AgentState {
        public Paused frozen() {
            return new Paused(paneId, pid);
        }

        public NeedsYou asks(Question question) {
            return new NeedsYou(paneId, pid, question);
        }
    }

    /// Waits for a person's answer.
    record NeedsYou(String paneId, @Nullable Integer pid, Question question) implements AgentState {
        public NeedsYou asks(Question next) {
            return new NeedsYou(paneId, pid, next);
        }

        public Working answered() {
            return new Working(paneId, pid);
        }

        public Paused frozen() {
            return new Paused(paneId, pid);
        }
    }

    /// Every process of it is stopped.
    record Paused(String paneId, @Nullable Integer pid) implements AgentState {
        public Working thawed() {
            return new Working(paneId, pid);
        }
    }

    /// Its command ended with 0; its work is being judged.
    record Verifying(String paneId) implements AgentState {
        public Exited judged() {
            return new Exited(paneId, 0);
        }
    }

    /// @param code absent when it died with its workspace or was never seen
    record Exited(@Nullable String pane, @Nullable Integer code) implements AgentState {}

    /// Its command ended; 0 leads to the checks.
    default AgentState exited(String paneId, int exitCode) {
        return switch (this) {
            case Starting _, Working _, NeedsYou _, Paused _ ->
                    exitCode == 0 ? new Verifying(paneId) : new Exited(paneId, exitCode);
            case Verifying _, Exited _ -> this;
        };
    }

    /// Killed or gone: no process is left, and nothing of it will be judged.
    default Exited ended(@Nullable Integer exitCode) {
        return switch (this) {
            case Starting _ -> new Exited(null, exitCode);
            case Working state -> new Exited(state.paneId(), exitCode);
            case NeedsYou state -> new Exited(state.paneId(), exitCode);
            case Paused state -> new Exited(state.paneId(), exitCode);
            case Verifying state -> state.judged();
            case Exited state -> state;
        };
    }

    /// Whether the workspace may have processes of it.
    default boolean live() {
        return switch (this) {
            case Starting _, Working _, NeedsYou _, Paused _ -> true;
            case Verifying _, Exited _ -> false;
        };
    }

    /// As in the API.
    default String word() {
        return switch (this) {
            case Starting _ -> "STARTING";
            case Working _ -> "WORKING";
            case NeedsYou _ -> "NEEDS_YOU";
            case Paused _ -> "PAUSED";
            case Verifying _ -> "VERIFYING";
            case Exited _ -> "EXITED";
        };
    }

    default @Nullable String shownPane() {
        return switch (this) {
            case Starting _ -> null;
            case Working state -> state.paneId();
            case NeedsYou state -> state.paneId();
            case Paused state -> state.paneId();
            case Verifying state -> state.paneId();
            case Exited state -> state.pane();
        };
    }

    default @Nullable Integer shownPid() {
        return switch (this) {
            case Working state -> state.pid();
            case NeedsYou state -> state.pid();
            case Paused state -> state.pid();
            case Starting _, Verifying _, Exited _ -> null;
        };
    }

    default @Nullable Question shownQuestion() {
        return this instanceof NeedsYou asking ? asking.question() : null;
    }

    default @Nullable Integer shownExitCode() {
        return switch (this) {
            case Starting _, Working _, NeedsYou _, Paused _ -> null;
            case Verifying _ -> Integer.valueOf(0);
            case Exited state -> state.code();
        };
    }
}
