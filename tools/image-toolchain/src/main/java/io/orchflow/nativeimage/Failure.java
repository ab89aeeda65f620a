package io.orchflow.nativeimage;

/// What went wrong, in one line that says what to do.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
        super(message);
    }
}
