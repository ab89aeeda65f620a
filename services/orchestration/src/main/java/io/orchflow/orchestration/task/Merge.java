package io.orchflow.orchestration.task;

/// A prepared move of main, written down before it is made, so that a crash between the two is
/// seen.
public record Merge(String expectedMain, String mergedCommit) {}
