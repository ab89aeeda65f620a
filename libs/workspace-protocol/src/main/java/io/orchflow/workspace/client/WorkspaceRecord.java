package io.orchflow.workspace.client;

/// What services need to know of a workspace.
///
/// @param state REQUESTED, STARTING, RUNNING, STOPPING, STOPPED, FAILED or DELETED
/// @param isolation none, namespaces, container or kubernetes
public record WorkspaceRecord(String workspaceId, String teamId, String state, String isolation) {}
