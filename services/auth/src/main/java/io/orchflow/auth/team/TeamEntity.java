package io.orchflow.auth.team;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A row of `team`.
@Entity
@Table(name = "team")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class TeamEntity {

    @Id private String id;
    private String name;
    private boolean personal;

    @Column(name = "created_at")
    private Instant createdAt;

    protected TeamEntity() {}

    TeamEntity(Team team, Instant createdAt) {
        this.id = team.id();
        this.name = team.name();
        this.personal = team.personal();
        this.createdAt = createdAt;
    }

    Team team() {
        return new Team(id, name, personal);
    }

    Instant createdAt() {
        return createdAt;
    }
}
