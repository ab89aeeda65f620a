package io.orchflow.orchestration.planner;

/// A labelled request: what somebody wrote, and what it asks for (a recipe's id, or a word of
/// [Label]).
public record Request(String label, String text) {}
