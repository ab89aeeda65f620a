package io.orchflow.auth.team;

import io.orchflow.access.Caller;
import io.orchflow.access.Permission;
import io.orchflow.access.Role;
import io.orchflow.auth.account.AccountRepository;
import io.orchflow.auth.storage.Rows;
import io.orchflow.events.auth.InvitationWithdrawn;
import io.orchflow.events.auth.MemberLeft;
import io.orchflow.events.auth.MemberRoleChanged;
import io.orchflow.problem.Problems;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Changes who is what in a team, and takes invitations back. Nobody changes somebody above
/// themselves, nor lifts anybody above themselves, and a team keeps an owner. Everything runs in
/// the caller's transaction.
@Singleton
public class MemberService {

    /// @param lowered whether the member may do less than before
    public record Changed(TeamService.Member member, boolean lowered) {}

    private final TeamService team;
    private final TeamRepository teams;
    private final AccountRepository accounts;
    private final Clock clock;

    MemberService(TeamService team, TeamRepository teams, AccountRepository accounts, Clock clock) {
        this.team = team;
        this.teams = teams;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// @throws io.orchflow.problem.ProblemException 403 where the caller's role is too low, 404,
    ///     409 for the last owner
    public Changed give(Rows rows, Caller caller, String teamId, String userId, Role role) {
        var own = alone(rows, caller, Permission.TEAM_MANAGE, teamId);
        var before = roleOf(rows, teamId, userId);
        refuseAbove(own, before);
        refuseAbove(own, role);
        if (role != before) {
            keepAnOwner(rows, teamId, before);
            teams.give(rows, teamId, userId, role);
            var fact = new MemberRoleChanged();
            fact.setUserId(userId);
            fact.setRole(role.wire());
            rows.publish(teamId, caller.userId(), teamId, fact);
        }
        return new Changed(member(rows, teamId, userId), !role.atLeast(before));
    }

    /// Anybody may leave; to remove somebody else takes an admin.
    ///
    /// @throws io.orchflow.problem.ProblemException 403 where the caller's role is too low, 404,
    ///     409 for the last owner
    public void remove(Rows rows, Caller caller, String teamId, String userId) {
        var leaves = caller.userId().equals(userId);
        var needed = leaves ? Permission.TEAM_READ : Permission.TEAM_MANAGE;
        var own = alone(rows, caller, needed, teamId);
        var before = roleOf(rows, teamId, userId);
        refuseAbove(own, before);
        keepAnOwner(rows, teamId, before);
        teams.leave(rows, teamId, userId);
        var fact = new MemberLeft();
        fact.setUserId(userId);
        fact.setReason(leaves ? "left" : "removed");
        rows.publish(teamId, caller.userId(), teamId, fact);
    }

    /// @throws io.orchflow.problem.ProblemException 403 where the caller's role is too low, 404,
    ///     409 where it is accepted, or has run out
    public Invitation withdraw(Rows rows, Caller caller, String teamId, String invitationId) {
        var own = team.require(rows, caller, Permission.TEAM_MANAGE, teamId);
        var invitation =
                teams.invitation(rows, invitationId)
                        .filter(i -> i.teamId().equals(teamId))
                        .orElseThrow(() -> Problems.notFound("invitation", invitationId));
        refuseAbove(own, invitation.role());
        if (!invitation.open(clock.instant())) {
            throw Problems.conflict(
                    "invitation-closed",
                    "Invitation " + invitationId + " has been accepted, or has run out.");
        }
        teams.withdraw(rows, invitationId);
        var fact = new InvitationWithdrawn();
        fact.setInvitationId(invitationId);
        rows.publish(teamId, caller.userId(), teamId, fact);
        return invitation;
    }

    /// Two owners who leave at once would both see the other one.
    private Role alone(Rows rows, Caller caller, Permission permission, String teamId) {
        rows.exclusively("members:" + teamId);
        return team.require(rows, caller, permission, teamId);
    }

    private Role roleOf(Rows rows, String teamId, String userId) {
        return teams.roleOf(rows, teamId, userId)
                .orElseThrow(() -> Problems.notFound("member", userId));
    }

    private TeamService.Member member(Rows rows, String teamId, String userId) {
        return teams.membership(rows, team.team(rows, teamId), userId)
                .flatMap(
                        membership ->
                                accounts.find(rows, userId)
                                        .map(a -> new TeamService.Member(membership, a)))
                .orElseThrow(() -> Problems.notFound("member", userId));
    }

    private void keepAnOwner(Rows rows, String teamId, Role before) {
        if (before == Role.OWNER && !teams.hasSeveralOwners(rows, teamId)) {
            throw Problems.conflict("last-owner", "Team " + teamId + " needs an owner.");
        }
    }

    private static void refuseAbove(Role own, Role role) {
        if (!own.atLeast(role)) {
            throw Problems.forbidden(
                    "This needs the role " + role.wire() + "; yours is " + own.wire() + ".");
        }
    }
}
