package io.orchflow.workspaces.workspace;

/// Told within this process after a commit, so that work on a workspace begins at once.
public record WorkspaceChanged(String workspaceId) {}
