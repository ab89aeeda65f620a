package io.orchflow.orchestration.worker;

/// The workspace was stopped or deleted, and every process in it with it.
final class WorkspaceGone extends Stopped {
    private static final long serialVersionUID = 1;
}
