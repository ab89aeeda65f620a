package io.orchflow.auth.member;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.access.Role;
import io.orchflow.auth.session.SessionService;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.auth.team.MemberService;
import io.orchflow.auth.team.TeamResource;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// A team's members, and its invitations, one by one.
@Path("/api/auth/teams")
@Tag(name = "Teams")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MemberResource {

    /// Whose roles have changed: the gateway forgets the access tokens of these people.
    private static final String PEOPLE_CHANGED = "Orchflow-People-Changed";

    private static final String GRANTS_REVOKED = "Orchflow-Grants-Revoked";

    public record NewRole(@Nullable @Schema(required = true) Role role) {}

    private record Given(MemberService.Changed changed, List<String> revoked) {}

    private final EntityTransactions transactions;
    private final MemberService members;
    private final SessionService sessions;
    private final CurrentCaller caller;

    MemberResource(
            EntityTransactions transactions,
            MemberService members,
            SessionService sessions,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.members = members;
        this.sessions = sessions;
        this.caller = caller;
    }

    @Operation(
            summary = "Gives a member another role",
            description =
                    "Nobody changes somebody above themselves. A lower role closes the member's live sockets; they connect again with what they may do now.")
    @APIResponseSchema(
            value = TeamResource.MemberView.class,
            responseCode = "200",
            responseDescription = "The member.")
    @APIResponse(responseCode = "409", description = "`last-owner`.")
    @PATCH
    @Path("{id}/members/{userId}")
    @Requires(Permission.TEAM_MANAGE)
    public RestResponse<TeamResource.MemberView> give(
            @PathParam("id") String teamId, @PathParam("userId") String userId, NewRole body) {
        var role = body.role();
        new Validation().check(role != null, "role", "required", "role is required.").throwIfAny();
        var wanted = role == null ? Role.VIEWER : role;
        var by = caller.get();
        var given =
                transactions.run(
                        rows -> {
                            var changed = members.give(rows, by, teamId, userId, wanted);
                            var cut = changed.lowered();
                            return new Given(
                                    changed, cut ? sessions.renewGrants(rows, userId) : List.of());
                        });
        var view = TeamResource.MemberView.of(given.changed().member());
        return changed(RestResponse.ResponseBuilder.ok(view), userId, given.revoked()).build();
    }

    @Operation(
            summary = "Removes a member, or leaves the team",
            description =
                    "Anybody may leave; removing somebody else takes an admin. The member's live sockets close.")
    @APIResponse(responseCode = "204", description = "They are no member.")
    @APIResponse(responseCode = "409", description = "`last-owner`.")
    @DELETE
    @Path("{id}/members/{userId}")
    @Requires(Permission.TEAM_MANAGE)
    public RestResponse<Void> remove(
            @PathParam("id") String teamId, @PathParam("userId") String userId) {
        var by = caller.get();
        var revoked =
                transactions.run(
                        rows -> {
                            members.remove(rows, by, teamId, userId);
                            return sessions.renewGrants(rows, userId);
                        });
        return changed(RestResponse.ResponseBuilder.<Void>noContent(), userId, revoked).build();
    }

    @Operation(summary = "Takes an invitation back")
    @APIResponse(responseCode = "204", description = "Nobody can accept it.")
    @APIResponse(responseCode = "409", description = "`invitation-closed`.")
    @DELETE
    @Path("{id}/invitations/{invitationId}")
    @Requires(Permission.TEAM_MANAGE)
    public void withdraw(
            @PathParam("id") String teamId, @PathParam("invitationId") String invitationId) {
        var by = caller.get();
        transactions.run(rows -> members.withdraw(rows, by, teamId, invitationId));
    }

    private static <T> RestResponse.ResponseBuilder<T> changed(
            RestResponse.ResponseBuilder<T> answer, String userId, List<String> revoked) {
        answer.header(PEOPLE_CHANGED, userId);
        return revoked.isEmpty()
                ? answer
                : answer.header(GRANTS_REVOKED, String.join(",", revoked));
    }
}
