package io.orchflow.orchestration.worker;

/// The workspace cannot be asked now; trying again later is right.
public final class Unreachable extends RuntimeException {
    /// @param reason for people
    public Unreachable(String reason) {
        super(reason);
    }
}
