package io.orchflow.terminal.pane;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.terminal.pane.PaneView.TicketView;
import io.orchflow.terminal.ticket.TicketStore;
import io.orchflow.terminal.ticket.WorkspaceTicket;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Tickets for the socket of all panes of one workspace.
@Path("/api/terminal/tickets")
@Tag(name = "Panes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TicketResource {

    public record TicketBody(
            @Nullable @Schema(required = true, maxLength = 64) String workspaceId) {}

    private final WorkspaceAccess workspaces;
    private final TicketStore tickets;
    private final CurrentCaller current;

    TicketResource(WorkspaceAccess workspaces, TicketStore tickets, CurrentCaller current) {
        this.workspaces = workspaces;
        this.tickets = tickets;
        this.current = current;
    }

    @Operation(summary = "Gives a ticket for the socket of a workspace's panes")
    @APIResponseSchema(
            value = TicketView.class,
            responseCode = "201",
            responseDescription = "Good for one connection within 30 s; `wsUrl` holds it.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: the workspace is not RUNNING.")
    @POST
    @Requires(Permission.TERMINAL_VIEW)
    public RestResponse<TicketView> issue(TicketBody body) {
        var workspaceId = NewPane.required(body.workspaceId());
        var caller = current.get();
        var workspace = workspaces.running(workspaceId, Permission.TERMINAL_VIEW, caller);
        var secret =
                tickets.issue(
                        new WorkspaceTicket(
                                workspaceId,
                                Access.may(caller, Permission.TERMINAL_DRIVE, workspace.teamId()),
                                caller.userId(),
                                caller.displayName(),
                                caller.sessionId()));
        return RestResponse.status(
                RestResponse.Status.CREATED,
                new TicketView("/api/terminal/stream?ticket=" + secret));
    }
}
