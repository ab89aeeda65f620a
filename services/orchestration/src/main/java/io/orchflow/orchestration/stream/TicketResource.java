package io.orchflow.orchestration.stream;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tickets for the socket of all events of one workspace.
@Path("/api/orchestration/tickets")
@RunOnVirtualThread
public class TicketResource {

    public record TicketBody(@Nullable String workspaceId) {}

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

    @POST
    @Requires(Permission.CONVERSATION_READ)
    public Response issue(TicketBody body) {
        new Validation().text(body.workspaceId(), "workspaceId", 64).throwIfAny();
        var workspaceId = Objects.requireNonNull(body.workspaceId());
        var who = caller.get();
        workspaces.require(workspaceId, who, Permission.CONVERSATION_READ);
        var ticket = tickets.issue(new Tickets.Ticket(workspaceId, who.sessionId(), who.userId()));
        var expires = clock.instant().plus(Tickets.LIFE).truncatedTo(ChronoUnit.MILLIS);
        var view = new TicketView(ticket, "/api/orchestration/stream?ticket=" + ticket, expires);
        return Response.status(Response.Status.CREATED).entity(view).build();
    }
}
