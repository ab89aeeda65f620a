package io.orchflow.terminal.ticket;

/// What a ticket for a workspace is good for: one connection to any of its panes, by one person's
/// session.
///
/// @param driver whether this person may drive panes, not only look on
/// @param name of the person, as other viewers see it
/// @param sessionId whose grant must exist as long as the connection lives
public record WorkspaceTicket(
        String workspaceId, boolean driver, String userId, String name, String sessionId) {

    /// The same for one of the panes.
    public Ticket pane(String paneId, PaneRole role) {
        return new Ticket(paneId, workspaceId, role, userId, name, sessionId);
    }
}
