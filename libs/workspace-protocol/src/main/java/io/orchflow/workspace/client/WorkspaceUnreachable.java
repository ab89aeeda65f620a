package io.orchflow.workspace.client;

/// The agent of a workspace cannot be reached now: it is stopped, starting, or lost. Trying again
/// may help.
public final class WorkspaceUnreachable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String workspaceId;

    WorkspaceUnreachable(String workspaceId, String why) {
        super("workspace " + workspaceId + " cannot be reached: " + why);
        this.workspaceId = workspaceId;
    }

    public String workspaceId() {
        return workspaceId;
    }
}
