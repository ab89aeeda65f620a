package io.orchflow.auth.token;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of `personal_access_token`; scopes are separated by spaces.
@Entity
@Table(name = "personal_access_token")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class PersonalAccessTokenEntity {

    @Id private String id;

    @Column(name = "account_id")
    private String accountId;

    private String name;
    private String hash;
    private String scopes;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    protected PersonalAccessTokenEntity() {}

    PersonalAccessTokenEntity(PersonalAccessToken token, String hash) {
        this.id = token.id();
        this.accountId = token.accountId();
        this.name = token.name();
        this.hash = hash;
        this.scopes = String.join(" ", token.scopes());
        this.createdAt = token.createdAt();
        this.expiresAt = token.expiresAt();
    }

    void used(Instant now) {
        lastUsedAt = now;
    }

    void revoke(Instant now) {
        revokedAt = now;
    }

    String hash() {
        return hash;
    }

    PersonalAccessToken token() {
        return new PersonalAccessToken(
                id,
                accountId,
                name,
                scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ", -1)),
                createdAt,
                expiresAt,
                lastUsedAt,
                revokedAt != null);
    }
}
