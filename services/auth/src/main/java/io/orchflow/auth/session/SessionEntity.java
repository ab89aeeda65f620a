package io.orchflow.auth.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `session`.
@Entity
@Table(name = "session")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class SessionEntity {

    @Id private String id;

    @Column(name = "account_id")
    private String accountId;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column(name = "end_reason")
    private @Nullable String endReason;

    protected SessionEntity() {}

    SessionEntity(Session session) {
        this.id = session.id();
        this.accountId = session.accountId();
        this.startedAt = session.startedAt();
        take(session);
    }

    final void take(Session session) {
        lastUsedAt = session.lastUsedAt();
        expiresAt = session.expiresAt();
    }

    void end(String reason, Instant now) {
        endedAt = now;
        endReason = reason;
    }

    @Nullable String endReason() {
        return endReason;
    }

    Session session() {
        return new Session(id, accountId, startedAt, lastUsedAt, expiresAt, endedAt != null);
    }
}
