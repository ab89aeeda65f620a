package io.orchflow.auth.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `refresh_token`.
@Entity
@Table(name = "refresh_token")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class RefreshTokenEntity {

    @Id private String hash;

    @Column(name = "session_id")
    private String sessionId;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    private @Nullable String successor;

    protected RefreshTokenEntity() {}

    RefreshTokenEntity(String hash, String sessionId, Instant issuedAt) {
        this.hash = hash;
        this.sessionId = sessionId;
        this.issuedAt = issuedAt;
    }

    String sessionId() {
        return sessionId;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    boolean used() {
        return usedAt != null;
    }

    /// Digest of the token it was exchanged for; absent where it was not, or was retired.
    @Nullable String successor() {
        return successor;
    }

    void use(Instant now, String successor) {
        this.usedAt = now;
        this.successor = successor;
    }

    void retire(Instant now) {
        usedAt = now;
    }
}
