package io.orchflow.orchestration.agent;

import java.time.Instant;

/// What an agent's program did to be noticed.
///
/// @param reason one printable line in words for people, at most 200 characters; part of no fact
/// @param since when it asked first
public record Question(String reason, Instant since) {
    private static final int LONGEST = 200;

    /// A person has to allow something.
    public static Question toAllow(String title, Instant since) {
        var line = ("May I? " + title).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return new Question(
                line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…", since);
    }
}
