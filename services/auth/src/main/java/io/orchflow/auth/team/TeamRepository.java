package io.orchflow.auth.team;

import io.orchflow.access.Role;
import io.orchflow.auth.storage.Rows;
import io.orchflow.problem.Page;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Teams, memberships and invitations as rows.
@Singleton
public class TeamRepository {

    void add(Rows rows, Team team, Instant now) {
        rows.persist(new TeamEntity(team, now));
    }

    void join(Rows rows, String teamId, String accountId, Role role, Instant now) {
        rows.persist(new MembershipEntity(teamId, accountId, role, now));
    }

    /// In the order of joining.
    List<Membership> ofAccount(Rows rows, String accountId) {
        var memberships =
                rows.list(
                        MembershipEntity.class,
                        "from MembershipEntity m where m.accountId = ?1 order by m.joinedAt, m.teamId",
                        accountId);
        var teams = teams(rows, memberships);
        return memberships.stream().map(m -> m.membership(known(teams, m))).toList();
    }

    Optional<Role> roleOf(Rows rows, String teamId, String accountId) {
        return rows.one(
                Role.class,
                "select m.role from MembershipEntity m where m.teamId = ?1 and m.accountId = ?2",
                teamId,
                accountId);
    }

    /// One more than the page holds, by account id (which is by age).
    List<Membership> members(Rows rows, Team team, Page page) {
        return rows
                .page(
                        MembershipEntity.class,
                        page.limit() + 1,
                        """
                        from MembershipEntity m where m.teamId = ?1 and m.accountId > ?2
                        order by m.accountId
                        """,
                        team.id(),
                        page.after() == null ? "" : page.after())
                .stream()
                .map(m -> m.membership(team))
                .toList();
    }

    Optional<Team> find(Rows rows, String teamId) {
        return rows.find(TeamEntity.class, teamId).map(TeamEntity::team);
    }

    void add(Rows rows, Invitation invitation) {
        rows.persist(new InvitationEntity(invitation));
    }

    Optional<Invitation> invitation(Rows rows, String id) {
        return rows.lock(InvitationEntity.class, id).map(InvitationEntity::invitation);
    }

    List<Invitation> openFor(Rows rows, String email, Instant now) {
        return open(rows, "i.email", email, now);
    }

    List<Invitation> openIn(Rows rows, String teamId, Instant now) {
        return open(rows, "i.teamId", teamId, now);
    }

    private static List<Invitation> open(Rows rows, String field, String value, Instant now) {
        var query =
                """
                from InvitationEntity i
                where %s = ?1 and i.acceptedAt is null and i.expiresAt > ?2 order by i.id
                """
                        .formatted(field);
        return rows.list(InvitationEntity.class, query, value, now).stream()
                .map(InvitationEntity::invitation)
                .toList();
    }

    void accept(Rows rows, String invitationId, Instant now) {
        rows.lock(InvitationEntity.class, invitationId).ifPresent(i -> i.accept(now));
    }

    private static Map<String, Team> teams(Rows rows, List<MembershipEntity> memberships) {
        var ids = memberships.stream().map(MembershipEntity::teamId).toList();
        return rows.list(TeamEntity.class, "from TeamEntity t where t.id in ?1", ids).stream()
                .map(TeamEntity::team)
                .collect(Collectors.toMap(Team::id, Function.identity()));
    }

    private static Team known(Map<String, Team> teams, MembershipEntity membership) {
        var team = teams.get(membership.teamId());
        if (team == null) {
            throw new IllegalStateException("Membership without team " + membership.teamId());
        }
        return team;
    }
}
