package io.orchflow.orchestration.agent;

import java.time.Instant;

/// What an agent's program did to be noticed.
///
/// @param reason one printable line in words for people, at most 200 characters; part of no fact
/// @param since when it asked first
public record Question(String reason, Instant since) {}
