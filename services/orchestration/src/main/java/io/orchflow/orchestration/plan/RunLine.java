package io.orchflow.orchestration.plan;

/// A line that a person may type in the workspace's main checkout to use what was built.
///
/// @param label what it does, in words for people
/// @param command for `sh`
public record RunLine(String label, String command) {}
