package io.orchflow.auth.team;

import io.orchflow.access.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `invitation`.
@Entity
@Table(name = "invitation")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class InvitationEntity {

    @Id private String id;

    @Column(name = "team_id")
    private String teamId;

    private String email;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(name = "invited_by")
    private String invitedBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "accepted_at")
    private @Nullable Instant acceptedAt;

    protected InvitationEntity() {}

    InvitationEntity(Invitation invitation) {
        this.id = invitation.id();
        this.teamId = invitation.teamId();
        this.email = invitation.email();
        this.role = invitation.role();
        this.invitedBy = invitation.invitedBy();
        this.createdAt = invitation.createdAt();
        this.expiresAt = invitation.expiresAt();
    }

    void accept(Instant now) {
        acceptedAt = now;
    }

    Invitation invitation() {
        return new Invitation(
                id, teamId, email, role, invitedBy, createdAt, expiresAt, acceptedAt != null);
    }
}
