package io.orchflow.terminal.pane;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.problem.OptionalBody;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.orchflow.terminal.pane.PaneView.NewPaneView;
import io.orchflow.terminal.pane.PaneView.NewTicketView;
import io.orchflow.terminal.pane.PaneView.OpenedView;
import io.orchflow.terminal.pane.PaneView.TicketView;
import io.orchflow.terminal.ticket.PaneRole;
import io.orchflow.terminal.ticket.Ticket;
import io.orchflow.terminal.ticket.TicketStore;
import io.orchflow.workspace.v1.Pane;
import io.orchflow.workspace.v1.Principal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `/api/terminal` of the public contract.
@Path("/api/terminal")
@Tag(name = "Panes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PaneResource {

    private final PaneAgents agents;
    private final PaneRepository panes;
    private final WorkspaceAccess workspaces;
    private final TicketStore tickets;
    private final CurrentCaller current;

    PaneResource(
            PaneAgents agents,
            PaneRepository panes,
            WorkspaceAccess workspaces,
            TicketStore tickets,
            CurrentCaller current) {
        this.agents = agents;
        this.panes = panes;
        this.workspaces = workspaces;
        this.tickets = tickets;
        this.current = current;
    }

    @Operation(
            summary = "Opens a pane",
            description =
                    "Without a command it runs a login shell in the workspace's main checkout. `sessionId` is another name of `workspaceId`; one of the two is required.")
    @APIResponseSchema(
            value = OpenedView.class,
            responseCode = "201",
            responseDescription =
                    "It is open; `wsUrl` holds a ticket for one connection within 30 s.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: the workspace is not RUNNING.")
    @POST
    @Path("pane")
    @Requires(Permission.TERMINAL_DRIVE)
    public RestResponse<OpenedView> open(NewPaneView body) {
        var request = NewPane.check(body, principal());
        var workspaceId = NewPane.workspaceId(body);
        var workspace = workspaces.running(workspaceId, Permission.TERMINAL_DRIVE, current.get());
        var pane = agents.open(workspaceId, request);
        var location = new PaneLocation(pane.getPaneId(), workspaceId, workspace.teamId());
        panes.add(List.of(location));
        var wsUrl = ticket(location, PaneRole.DRIVER);
        return RestResponse.status(
                RestResponse.Status.CREATED, new OpenedView(pane.getPaneId(), wsUrl));
    }

    @Operation(
            summary = "Lists the panes of a workspace, oldest first",
            description =
                    "`sessionId` is another name of `workspaceId`; one of the two is required.")
    @APIResponseSchema(value = PaneView[].class, responseDescription = "A page of them.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: the workspace is not RUNNING.")
    @GET
    @Path("panes")
    @Requires(Permission.TERMINAL_VIEW)
    public RestResponse<List<PaneView>> list(
            @QueryParam("workspaceId") @Nullable String workspaceId,
            @QueryParam("sessionId") @Nullable String sessionId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        var id = NewPane.required(workspaceId == null ? sessionId : workspaceId);
        var workspace = workspaces.running(id, Permission.TERMINAL_VIEW, current.get());
        var all = agents.list(id);
        panes.add(
                all.stream()
                        .map(p -> new PaneLocation(p.getPaneId(), id, workspace.teamId()))
                        .toList());
        return page.slice(after(all, page)).map(PaneView::of).answer(uriInfo, PaneView::paneId);
    }

    @Operation(summary = "Closes a pane: ends what runs in it, forgets its output")
    @APIResponse(responseCode = "204", description = "It is closed.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: the workspace is not RUNNING.")
    @DELETE
    @Path("pane/{paneId}")
    @Requires(Permission.TERMINAL_DRIVE)
    public void close(@PathParam("paneId") String paneId) {
        var location = located(paneId, Permission.TERMINAL_DRIVE);
        agents.close(location.workspaceId(), paneId, principal());
        panes.remove(paneId);
    }

    @Operation(
            summary = "Gives a ticket for one connection to the pane's stream",
            description =
                    "Good for 30 s. Without a body or a role: driver where the caller may drive, else viewer.")
    @APIResponseSchema(
            value = TicketView.class,
            responseCode = "201",
            responseDescription = "The stream's URL, with the ticket in it.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: the workspace is not RUNNING.")
    @POST
    @Path("pane/{paneId}/ticket")
    @Requires(Permission.TERMINAL_VIEW)
    public RestResponse<TicketView> ticket(
            @PathParam("paneId") String paneId, @OptionalBody @Nullable NewTicketView body) {
        var asked = body == null || body.role() == null ? null : PaneRole.parse(body.role());
        var location = located(paneId, Permission.TERMINAL_VIEW);
        var mayDrive = Access.may(current.get(), Permission.TERMINAL_DRIVE, location.teamId());
        var role = asked != null ? asked : mayDrive ? PaneRole.DRIVER : PaneRole.VIEWER;
        if (role == PaneRole.DRIVER) {
            Access.require(current.get(), Permission.TERMINAL_DRIVE, location.teamId());
        }
        return RestResponse.status(
                RestResponse.Status.CREATED, new TicketView(ticket(location, role)));
    }

    /// One pane more than the page has; the agent lists them oldest first.
    private static List<Pane> after(List<Pane> all, Page page) {
        return all.stream()
                .skip(page.after() == null ? 0 : 1 + indexOf(all, page.after()))
                .limit(page.limit() + 1L)
                .toList();
    }

    private static int indexOf(List<Pane> all, String paneId) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getPaneId().equals(paneId)) {
                return i;
            }
        }
        throw Problems.badInput("after", "unknown", "There is no pane " + paneId + ".");
    }

    private PaneLocation located(String paneId, Permission permission) {
        var location =
                panes.await(paneId)
                        .filter(l -> current.get().memberOf(l.teamId()))
                        .orElseThrow(() -> Problems.notFound("pane", paneId));
        workspaces.running(location.workspaceId(), permission, current.get());
        return location;
    }

    private String ticket(PaneLocation location, PaneRole role) {
        Caller caller = current.get();
        var secret =
                tickets.issue(
                        new Ticket(
                                location.paneId(),
                                location.workspaceId(),
                                role,
                                caller.userId(),
                                caller.displayName(),
                                caller.sessionId()));
        return "/api/terminal/pane/" + location.paneId() + "/stream?ticket=" + secret;
    }

    private Principal principal() {
        return Principal.newBuilder()
                .setKind(Principal.Kind.USER)
                .setId(current.get().userId())
                .setName(current.get().displayName())
                .build();
    }
}
