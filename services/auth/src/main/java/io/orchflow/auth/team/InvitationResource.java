package io.orchflow.auth.team;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.auth.storage.EntityTransactions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Invitations, as those see them who are invited.
@Path("/api/auth/invitations")
@Tag(name = "Teams")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class InvitationResource {

    private final EntityTransactions transactions;
    private final TeamService teams;
    private final CurrentCaller caller;

    InvitationResource(EntityTransactions transactions, TeamService teams, CurrentCaller caller) {
        this.transactions = transactions;
        this.teams = teams;
        this.caller = caller;
    }

    @Operation(summary = "Accepts an invitation")
    @APIResponseSchema(
            value = TeamResource.TeamView.class,
            responseCode = "200",
            responseDescription = "The team that the caller is in now.")
    @APIResponse(responseCode = "409", description = "`invitation-closed` or `already-member`.")
    @POST
    @Path("{id}/accept")
    @Requires(Permission.ACCOUNT_MANAGE)
    public RestResponse<TeamResource.TeamView> accept(@PathParam("id") String invitationId) {
        var userId = caller.get().userId();
        var joined = transactions.run(rows -> teams.accept(rows, invitationId, userId));
        return RestResponse.ResponseBuilder.ok(TeamResource.TeamView.of(joined))
                .header(TeamResource.CALLER_CHANGED, "true")
                .build();
    }
}
