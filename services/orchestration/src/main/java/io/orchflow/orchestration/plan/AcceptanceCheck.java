package io.orchflow.orchestration.plan;

/// What must hold before a task is DONE.
///
/// @param command a line for `sh -c`, run at the root of a clean export of the task's commit; exit
/// code 0 accepts
public record AcceptanceCheck(String command) {}
