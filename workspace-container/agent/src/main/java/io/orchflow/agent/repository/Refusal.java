package io.orchflow.agent.repository;

/// A call that is understood but not carried out; the message is for people.
public final class Refusal extends RuntimeException {

    /// Why, in the terms of the protocol.
    public enum Reason {
        /// The message names field and value.
        BAD_INPUT,
        /// There is no such attempt, clone, commit or file.
        NOT_FOUND,
        /// Known, but not in a state that allows it.
        WRONG_STATE,
        /// The caller's lease is older than one already seen.
        STALE_LEASE,
        /// A limit of the workspace.
        LIMIT
    }

    private final Reason reason;

    public Refusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static Refusal badInput(String field, String value) {
        return new Refusal(Reason.BAD_INPUT, field + " is not usable: " + value);
    }

    public static Refusal notFound(String what) {
        return new Refusal(Reason.NOT_FOUND, "there is no " + what);
    }

    public static Refusal wrongState(String message) {
        return new Refusal(Reason.WRONG_STATE, message);
    }

    public Reason reason() {
        return reason;
    }
}
