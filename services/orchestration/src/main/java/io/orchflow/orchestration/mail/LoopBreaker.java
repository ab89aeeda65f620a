package io.orchflow.orchestration.mail;

import java.util.Optional;

/// Ends talk that leads to nothing.
///
/// @param mostInPair messages between two tasks, in both directions, without a word of a person and
///     without a check that ran
/// @param mostOfAttempt messages that one attempt may send
record LoopBreaker(int mostInPair, int mostOfAttempt) {
    static final LoopBreaker USUAL = new LoopBreaker(8, 40);

    LoopBreaker {
        if (mostInPair < 1 || mostOfAttempt < 1) {
            throw new IllegalArgumentException("limits of messages are positive");
        }
    }

    /// @param inPair messages since the last progress
    /// @param ofAttempt messages that the sender has tried to send
    /// @return why the next one is refused, for the sender
    Optional<String> refusal(int inPair, int ofAttempt) {
        if (ofAttempt >= mostOfAttempt) {
            return Optional.of(
                    "You have sent "
                            + ofAttempt
                            + " messages, and an attempt may send "
                            + mostOfAttempt
                            + ". Decide by yourself and finish your task.");
        }
        if (inPair >= mostInPair) {
            return Optional.of(
                    "There were "
                            + inPair
                            + " messages between the two of you without any progress. Work: you may write again"
                            + " once a check has run or a person has said something.");
        }
        return Optional.empty();
    }
}
