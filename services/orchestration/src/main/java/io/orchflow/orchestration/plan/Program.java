package io.orchflow.orchestration.plan;

import org.jspecify.annotations.Nullable;

/// Which agent program does a task, and with which model.
///
/// @param profile id of its profile
/// @param model `provider/model` or `model`; absent: the first that the team has for it
public record Program(String profile, @Nullable String model) {}
