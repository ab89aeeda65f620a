package io.orchflow.terminal.ticket;

/// What a ticket is good for: one connection to one pane, by one person's session.
///
/// @param name of the person, as other viewers see it
/// @param sessionId whose grant must exist as long as the connection lives
public record Ticket(
        String paneId,
        String workspaceId,
        PaneRole role,
        String userId,
        String name,
        String sessionId) {}
