package io.orchflow.workspaces.workspace;

/// A wish that the present state of a workspace does not allow.
public final class WrongStateException extends RuntimeException {

    private final Status status;

    WrongStateException(Status status, String message) {
        super(message);
        this.status = status;
    }

    /// The state that stood in the way.
    public Status status() {
        return status;
    }
}
