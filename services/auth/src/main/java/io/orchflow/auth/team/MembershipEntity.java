package io.orchflow.auth.team;

import io.orchflow.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/// A row of `membership`.
@Entity
@Table(name = "membership")
@IdClass(MembershipEntity.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class MembershipEntity {

    /// Both ids together.
    public record Key(String teamId, String accountId) implements Serializable {}

    @Id
    @Column(name = "team_id")
    private String teamId;

    @Id
    @Column(name = "account_id")
    private String accountId;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "joined_at")
    private Instant joinedAt;

    protected MembershipEntity() {}

    MembershipEntity(String teamId, String accountId, Role role, Instant joinedAt) {
        this.teamId = teamId;
        this.accountId = accountId;
        this.role = role;
        this.joinedAt = joinedAt;
    }

    String teamId() {
        return teamId;
    }

    Membership membership(Team team) {
        return new Membership(team, accountId, role, joinedAt);
    }
}
