package io.orchflow.orchestration.task;

/// What came back to a task's agent: the next attempt is told, and finds the commit in its clone.
///
/// @param times how often it came back without a person having asked for it
/// @param reason in words for the agent and for people
/// @param commit what was not taken
public record Returned(int times, String reason, String commit) {}
