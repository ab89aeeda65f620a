package io.orchflow.orchestration.plan;

/// What a message is about, as its planner understood it.
///
/// @param name a stable word, e.g. `build`, `test`, `question`, `small-talk`, `unknown`
/// @param confidence 0..1
public record Intent(String name, double confidence) {}
