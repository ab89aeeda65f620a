package io.orchflow.auth.team;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.access.Role;
import io.orchflow.auth.account.Email;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.events.Ids;
import io.orchflow.problem.Page;
import io.orchflow.problem.Validation;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Teams, their members, and whom they invite.
@Path("/api/auth/teams")
@Tag(name = "Teams")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TeamResource {

    /// What a caller may do has changed: the gateway forgets the access tokens of this person.
    static final String CALLER_CHANGED = "Orchflow-Caller-Changed";

    private static final int LONGEST_NAME = 100;

    public record NewTeam(
            @Nullable @Schema(required = true, maxLength = LONGEST_NAME) String name) {}

    public record TeamView(String teamId, String name, Role role) {

        static TeamView of(Membership membership) {
            var team = membership.team();
            return new TeamView(team.id(), team.name(), membership.role());
        }
    }

    public record NewInvitation(
            @Nullable @Schema(required = true, format = "email", maxLength = 254) String email,
            @Nullable @Schema(required = true) Role role) {}

    public record InvitationView(
            String id,
            String teamId,
            String email,
            Role role,
            String invitedBy,
            Instant createdAt,
            Instant expiresAt) {

        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.id(),
                    invitation.teamId(),
                    invitation.email(),
                    invitation.role(),
                    invitation.invitedBy(),
                    invitation.createdAt(),
                    invitation.expiresAt());
        }
    }

    public record MemberView(
            String userId, String email, String displayName, Role role, Instant joinedAt) {

        public static MemberView of(TeamService.Member member) {
            return new MemberView(
                    member.account().id(),
                    member.account().email(),
                    member.account().displayName(),
                    member.membership().role(),
                    member.membership().joinedAt());
        }
    }

    private final EntityTransactions transactions;
    private final TeamService teams;
    private final CurrentCaller caller;

    TeamResource(EntityTransactions transactions, TeamService teams, CurrentCaller caller) {
        this.transactions = transactions;
        this.teams = teams;
        this.caller = caller;
    }

    @Operation(summary = "Founds a team; the caller owns it")
    @APIResponseSchema(
            value = TeamView.class,
            responseCode = "201",
            responseDescription = "It is founded.")
    @POST
    @Requires(Permission.TEAM_CREATE)
    public RestResponse<TeamView> found(NewTeam body) {
        var validation = new Validation();
        validation.text(body.name(), "name", LONGEST_NAME).throwIfAny();
        var name = String.valueOf(body.name()).strip();
        var owner = caller.get().userId();
        var team = transactions.run(rows -> teams.found(rows, Ids.next(), name, false, owner));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED,
                        new TeamView(team.id(), team.name(), Role.OWNER))
                .header(CALLER_CHANGED, "true")
                .build();
    }

    @Operation(summary = "Invites somebody to a team")
    @APIResponseSchema(
            value = InvitationView.class,
            responseCode = "201",
            responseDescription = "The invitation.")
    @APIResponse(responseCode = "409", description = "`already-invited` or `already-member`.")
    @POST
    @Path("{id}/invitations")
    @Requires(Permission.TEAM_MANAGE)
    @ResponseStatus(201)
    public InvitationView invite(@PathParam("id") String teamId, NewInvitation body) {
        var by = caller.get();
        var email = Email.parse(body.email());
        var role = body.role();
        new Validation()
                .check(email.isPresent(), "email", "malformed", "email is no e-mail address.")
                .check(role != null, "role", "required", "role is required.")
                .throwIfAny();
        var given = role == null ? Role.VIEWER : role;
        return InvitationView.of(
                transactions.run(
                        rows -> teams.invite(rows, by, teamId, email.orElseThrow(), given)));
    }

    @Operation(summary = "Lists a team's open invitations, oldest first")
    @GET
    @Path("{id}/invitations")
    @Requires(Permission.TEAM_MANAGE)
    public RestResponse<List<InvitationView>> invitations(
            @PathParam("id") String teamId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        var by = caller.get();
        return page.slice(transactions.run(rows -> teams.invitations(rows, by, teamId, page)))
                .map(InvitationView::of)
                .answer(uriInfo, InvitationView::id);
    }

    @Operation(summary = "Lists a team's members, in the order in which they joined")
    @GET
    @Path("{id}/members")
    @Requires(Permission.TEAM_READ)
    public RestResponse<List<MemberView>> members(
            @PathParam("id") String teamId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        var by = caller.get();
        return page.slice(transactions.run(rows -> teams.members(rows, by, teamId, page)))
                .map(MemberView::of)
                .answer(uriInfo, MemberView::userId);
    }
}
