package io.orchflow.orchestration.stream;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Tickets for the socket of all events of one workspace.
@Path("/api/orchestration/tickets")
@Tag(name = "Events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TicketResource {

    public record TicketBody(
            @Nullable @Schema(required = true, maxLength = 64) String workspaceId) {}

    /// @param wsUrl relative to the origin
    public record TicketView(String ticket, String wsUrl, Instant expiresAt) {}

    private final Tickets tickets;
    private final Workspaces workspaces;
    private final CurrentCaller caller;
    private final Clock clock = Clock.systemUTC();

    TicketResource(Tickets tickets, Workspaces workspaces, CurrentCaller caller) {
        this.tickets = tickets;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @Operation(summary = "Gives a ticket for the socket of a workspace's events")
    @APIResponseSchema(
            value = TicketView.class,
            responseCode = "201",
            responseDescription = "Good for one connection until `expiresAt`; `wsUrl` holds it.")
    @POST
    @Requires(Permission.CONVERSATION_READ)
    public RestResponse<TicketView> issue(TicketBody body) {
        new Validation().text(body.workspaceId(), "workspaceId", 64).throwIfAny();
        var workspaceId = Objects.requireNonNull(body.workspaceId());
        var who = caller.get();
        workspaces.require(workspaceId, who, Permission.CONVERSATION_READ);
        var ticket = tickets.issue(new Tickets.Ticket(workspaceId, who.sessionId(), who.userId()));
        var expires = clock.instant().plus(Tickets.LIFE).truncatedTo(ChronoUnit.MILLIS);
        var view = new TicketView(ticket, "/api/orchestration/stream?ticket=" + ticket, expires);
        return RestResponse.status(RestResponse.Status.CREATED, view);
    }
}
