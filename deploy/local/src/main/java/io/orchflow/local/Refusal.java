package io.orchflow.local;

/// A command that cannot be done. The message is the one line that a person sees: what is wrong,
/// and what to do.
final class Refusal extends RuntimeException {
    static final int USAGE = 2;
    static final int FAILED = 1;

    private static final long serialVersionUID = 1;
    private final int exitCode;

    private Refusal(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static Refusal usage(String message) {
        return new Refusal(USAGE, message);
    }

    static Refusal failed(String message) {
        return new Refusal(FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
