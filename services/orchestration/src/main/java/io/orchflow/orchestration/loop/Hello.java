package io.orchflow.orchestration.loop;

import io.orchflow.orchestration.model.Wire;

/// What a runner begins with.
///
/// @param model as its provider calls it
/// @param maxOutput tokens of an answer
/// @param interrupted whether an earlier conversation of the same attempt broke off
record Hello(String prompt, String model, Wire wire, int maxOutput, boolean interrupted) {}
