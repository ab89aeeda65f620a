package io.orchflow.orchestration.swarm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How far a pause of a swarm goes.
public enum PauseLevel {
    /// Nothing new begins; what is at work goes on to its end, its checks and its merge too.
    HOLD,

    /// Programs get Ctrl-C and some seconds to end. What has ended goes on as a new attempt with
    /// what it had done, what has not is frozen.
    INTERRUPT,

    /// Every process stops where it is.
    FREEZE,

    /// Every process ends; what it had done is taken in and goes on as a new attempt.
    HIBERNATE;

    /// As in the API.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PauseLevel> of(String word) {
        return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
    }
}
