package io.orchflow.workspaces.workspace;

/// Proof that this replica may work on a workspace.
///
/// @param replica who holds it
/// @param epoch grows whenever another replica takes over
public record Owner(String replica, long epoch) {}
