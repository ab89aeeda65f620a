package io.orchflow.auth.team;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.access.Role;
import io.orchflow.auth.account.Account;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.problem.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

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

    public record InvitedView(
            String id,
            String teamId,
            String teamName,
            Role role,
            String invitedBy,
            @Nullable String invitedByName,
            Instant expiresAt) {

        static InvitedView of(TeamService.Invited invited) {
            var invitation = invited.invitation();
            return new InvitedView(
                    invitation.id(),
                    invitation.teamId(),
                    invited.team().name(),
                    invitation.role(),
                    invitation.invitedBy(),
                    invited.inviter().map(Account::displayName).orElse(null),
                    invitation.expiresAt());
        }
    }

    @Operation(summary = "Lists what the caller is invited to, oldest first")
    @GET
    @Requires(Permission.ACCOUNT_MANAGE)
    public RestResponse<List<InvitedView>> invitations(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        var userId = caller.get().userId();
        return page.slice(transactions.run(rows -> teams.invitationsOf(rows, userId, page)))
                .map(InvitedView::of)
                .answer(uriInfo, InvitedView::id);
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
