package io.orchflow.auth.team;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.Permission;
import io.orchflow.access.Role;
import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.AccountRepository;
import io.orchflow.auth.account.Email;
import io.orchflow.auth.storage.Rows;
import io.orchflow.events.Ids;
import io.orchflow.events.auth.MemberInvited;
import io.orchflow.events.auth.MemberJoined;
import io.orchflow.events.auth.TeamCreated;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Founds teams, invites and lets people in. Everything runs in the caller's transaction.
@Singleton
public class TeamService {

    /// A member as the others see them.
    public record Member(Membership membership, Account account) {}

    private final TeamRepository teams;
    private final AccountRepository accounts;
    private final Clock clock;

    TeamService(TeamRepository teams, AccountRepository accounts, Clock clock) {
        this.teams = teams;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// @param ownerId becomes its owner
    public Team found(Rows rows, String teamId, String name, boolean personal, String ownerId) {
        var now = clock.instant();
        var team = new Team(teamId, name, personal);
        teams.add(rows, team, now);
        var fact = new TeamCreated();
        fact.setPersonal(personal);
        rows.publish(teamId, ownerId, teamId, fact);
        join(rows, teamId, ownerId, Role.OWNER, null);
        return team;
    }

    public List<Membership> ofAccount(Rows rows, String accountId) {
        return teams.ofAccount(rows, accountId);
    }

    public boolean invited(Rows rows, Email email) {
        return !teams.openFor(rows, email.address(), clock.instant()).isEmpty();
    }

    /// Accepts everything that this address is invited to.
    ///
    /// @return whether there was anything
    public boolean acceptAll(Rows rows, Account account) {
        var open = teams.openFor(rows, account.email(), clock.instant());
        open.forEach(invitation -> admit(rows, invitation, account));
        return !open.isEmpty();
    }

    /// @throws io.orchflow.problem.ProblemException 404 where it is somebody else's, 409 where it
    ///     is not open any more
    Membership accept(Rows rows, String invitationId, String userId) {
        var account =
                accounts.find(rows, userId)
                        .orElseThrow(() -> Problems.unauthorized("The account is gone."));
        var invitation =
                teams.invitation(rows, invitationId)
                        .filter(i -> i.email().equals(account.email()))
                        .orElseThrow(() -> Problems.notFound("invitation", invitationId));
        if (!invitation.open(clock.instant())) {
            throw Problems.conflict(
                    "invitation-closed",
                    "Invitation " + invitationId + " has been accepted, or has run out.");
        }
        admit(rows, invitation, account);
        return ofAccount(rows, userId).stream()
                .filter(m -> m.team().id().equals(invitation.teamId()))
                .findFirst()
                .orElseThrow();
    }

    public Invitation invite(Rows rows, Caller caller, String teamId, Email email, Role role) {
        var own = require(rows, caller, Permission.TEAM_MANAGE, teamId);
        if (!own.atLeast(role)) {
            throw Problems.forbidden("You cannot give the role " + role.wire() + ".");
        }
        rows.exclusively("invite:" + teamId);
        refuseTwice(rows, teamId, email);
        var invitation =
                Invitation.to(
                        Ids.next(),
                        teamId,
                        email.address(),
                        role,
                        caller.userId(),
                        clock.instant());
        teams.add(rows, invitation);
        var fact = new MemberInvited();
        fact.setInvitationId(invitation.id());
        fact.setRole(role.wire());
        rows.publish(teamId, caller.userId(), teamId, fact);
        return invitation;
    }

    /// One more than the page holds.
    public List<Invitation> invitations(Rows rows, Caller caller, String teamId, Page page) {
        require(rows, caller, Permission.TEAM_MANAGE, teamId);
        return teams.openIn(rows, teamId, clock.instant(), page);
    }

    /// One more than the page holds.
    public List<Member> members(Rows rows, Caller caller, String teamId, Page page) {
        require(rows, caller, Permission.TEAM_READ, teamId);
        var memberships = teams.members(rows, team(rows, teamId), page);
        var byId = accounts(rows, memberships);
        return memberships.stream()
                .flatMap(
                        m ->
                                Optional.ofNullable(byId.get(m.accountId()))
                                        .map(a -> new Member(m, a))
                                        .stream())
                .toList();
    }

    private Map<String, Account> accounts(Rows rows, List<Membership> memberships) {
        var ids = memberships.stream().map(Membership::accountId).toList();
        return accounts.all(rows, ids).stream()
                .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    private void refuseTwice(Rows rows, String teamId, Email email) {
        var account = accounts.byEmail(rows, email);
        if (account.isPresent()
                && teams.roleOf(rows, teamId, account.get().account().id()).isPresent()) {
            throw Problems.conflict(
                    "already-member", email.address() + " is a member of team " + teamId + ".");
        }
        var open = teams.openFor(rows, email.address(), clock.instant());
        if (open.stream().anyMatch(i -> i.teamId().equals(teamId))) {
            throw Problems.conflict(
                    "already-invited", email.address() + " is invited to team " + teamId + ".");
        }
    }

    private void admit(Rows rows, Invitation invitation, Account account) {
        teams.accept(rows, invitation.id(), clock.instant());
        if (teams.roleOf(rows, invitation.teamId(), account.id()).isEmpty()) {
            join(rows, invitation.teamId(), account.id(), invitation.role(), invitation.id());
        }
    }

    private void join(
            Rows rows, String teamId, String accountId, Role role, @Nullable String invitationId) {
        teams.join(rows, teamId, accountId, role, clock.instant());
        var fact = new MemberJoined();
        fact.setUserId(accountId);
        fact.setRole(role.wire());
        fact.setInvitationId(invitationId);
        rows.publish(teamId, accountId, teamId, fact);
    }

    /// An open invitation as the invited person sees it.
    record Invited(Invitation invitation, Team team, Optional<Account> inviter) {}

    /// What the person is invited to; one more than the page holds.
    List<Invited> invitationsOf(Rows rows, String userId, Page page) {
        var email = accounts.find(rows, userId).map(Account::email);
        if (email.isEmpty()) {
            throw Problems.unauthorized("The account is gone.");
        }
        return teams.openFor(rows, email.get(), clock.instant(), page).stream()
                .map(
                        invitation ->
                                new Invited(
                                        invitation,
                                        team(rows, invitation.teamId()),
                                        accounts.find(rows, invitation.invitedBy())))
                .toList();
    }

    /// The database knows of memberships that the access token does not have yet.
    Role require(Rows rows, Caller caller, Permission permission, String teamId) {
        var role =
                teams.roleOf(rows, teamId, caller.userId())
                        .orElseThrow(() -> Problems.notFound("team", teamId));
        var now =
                new Caller(
                        caller.userId(),
                        caller.displayName(),
                        caller.kind(),
                        Map.of(teamId, role),
                        caller.scopes(),
                        caller.sessionId());
        Access.require(now, permission, teamId);
        return role;
    }

    Team team(Rows rows, String teamId) {
        return teams.find(rows, teamId).orElseThrow(() -> Problems.notFound("team", teamId));
    }
}
