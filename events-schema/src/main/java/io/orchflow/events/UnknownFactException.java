package io.orchflow.events;

/// A record of a type or a schema that this build does not know: skipped and counted, never an
/// error of the producer.
public final class UnknownFactException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownFactException(String message) {
        super(message);
    }
}
