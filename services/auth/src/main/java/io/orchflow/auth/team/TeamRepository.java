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

    Optional<Membership> membership(Rows rows, Team team, String accountId) {
        return rows.one(
                        MembershipEntity.class,
                        "from MembershipEntity m where m.teamId = ?1 and m.accountId = ?2",
                        team.id(),
                        accountId)
                .map(m -> m.membership(team));
    }

    boolean hasSeveralOwners(Rows rows, String teamId) {
        var query =
                "select m.accountId from MembershipEntity m where m.teamId = ?1 and m.role = ?2";
        return rows.page(String.class, 2, query, teamId, Role.OWNER).size() > 1;
    }

    void give(Rows rows, String teamId, String accountId, Role role) {
        rows.update(
                "update MembershipEntity m set m.role = ?3 where m.teamId = ?1 and m.accountId = ?2",
                teamId,
                accountId,
                role);
    }

    void leave(Rows rows, String teamId, String accountId) {
        rows.update(
                "delete from MembershipEntity m where m.teamId = ?1 and m.accountId = ?2",
                teamId,
                accountId);
    }

    void withdraw(Rows rows, String invitationId) {
        rows.update("delete from InvitationEntity i where i.id = ?1", invitationId);
    }

    /// One more than the page holds, in the order of joining.
    List<Membership> members(Rows rows, Team team, Page page) {
        var last = page.after() == null ? "" : page.after();
        var since =
                rows.one(
                                Instant.class,
                                """
                                select m.joinedAt from MembershipEntity m
                                where m.teamId = ?1 and m.accountId = ?2
                                """,
                                team.id(),
                                last)
                        .orElse(Instant.EPOCH);
        return rows
                .page(
                        MembershipEntity.class,
                        page.limit() + 1,
                        """
                        from MembershipEntity m where m.teamId = ?1
                        and (m.joinedAt > ?2 or (m.joinedAt = ?2 and m.accountId > ?3))
                        order by m.joinedAt, m.accountId
                        """,
                        team.id(),
                        since,
                        last)
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
        var query =
                """
                from InvitationEntity i
                where i.email = ?1 and i.acceptedAt is null and i.expiresAt > ?2 order by i.id
                """;
        return rows.list(InvitationEntity.class, query, email, now).stream()
                .map(InvitationEntity::invitation)
                .toList();
    }

    /// One more than the page holds, by id (which is by age).
    List<Invitation> openFor(Rows rows, String email, Instant now, Page page) {
        var query =
                """
                from InvitationEntity i
                where i.email = ?1 and i.acceptedAt is null and i.expiresAt > ?2 and i.id > ?3
                order by i.id
                """;
        var last = page.after() == null ? "" : page.after();
        return rows.page(InvitationEntity.class, page.limit() + 1, query, email, now, last).stream()
                .map(InvitationEntity::invitation)
                .toList();
    }

    /// One more than the page holds, by id (which is by age).
    List<Invitation> openIn(Rows rows, String teamId, Instant now, Page page) {
        var query =
                """
                from InvitationEntity i
                where i.teamId = ?1 and i.acceptedAt is null and i.expiresAt > ?2 and i.id > ?3
                order by i.id
                """;
        var last = page.after() == null ? "" : page.after();
        return rows
                .page(InvitationEntity.class, page.limit() + 1, query, teamId, now, last)
                .stream()
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
