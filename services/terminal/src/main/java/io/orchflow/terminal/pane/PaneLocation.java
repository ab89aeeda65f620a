package io.orchflow.terminal.pane;

/// Where a pane is: the workspace whose agent owns it, and the team that the workspace belongs to.
public record PaneLocation(String paneId, String workspaceId, String teamId) {}
