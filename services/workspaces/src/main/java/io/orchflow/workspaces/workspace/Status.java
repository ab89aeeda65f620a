package io.orchflow.workspaces.workspace;

/// A workspace's state as the public contract names it.
public enum Status {
    REQUESTED,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED
}
