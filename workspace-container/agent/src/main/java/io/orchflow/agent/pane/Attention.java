package io.orchflow.agent.pane;

import io.quarkus.runtime.annotations.RegisterForReflection;

/// That a program asks for a person.
///
/// @param reason for people: one printable line, at most 200 characters
/// @param sinceMillis milliseconds of the epoch
@RegisterForReflection
public record Attention(Cause cause, String reason, long sinceMillis) {

    public enum Cause {
        /// By its output.
        SIGNAL,
        /// By what it does: it waits for input.
        INPUT
    }
}
