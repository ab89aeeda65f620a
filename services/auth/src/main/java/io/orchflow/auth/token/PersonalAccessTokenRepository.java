package io.orchflow.auth.token;

import io.orchflow.auth.storage.Rows;
import io.orchflow.problem.Page;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Personal access tokens as rows.
@Singleton
class PersonalAccessTokenRepository {

    void add(Rows rows, PersonalAccessToken token, Secret secret) {
        rows.persist(new PersonalAccessTokenEntity(token, secret.digest()));
    }

    /// One more than the page holds, without the revoked ones, by id (which is by age).
    List<PersonalAccessToken> ofAccount(Rows rows, String accountId, Page page) {
        return rows
                .page(
                        PersonalAccessTokenEntity.class,
                        page.limit() + 1,
                        """
                        from PersonalAccessTokenEntity t
                        where t.accountId = ?1 and t.revokedAt is null and t.id > ?2 order by t.id
                        """,
                        accountId,
                        page.after() == null ? "" : page.after())
                .stream()
                .map(PersonalAccessTokenEntity::token)
                .toList();
    }

    List<PersonalAccessToken> usedSince(Rows rows, String accountId, Instant since) {
        return rows
                .list(
                        PersonalAccessTokenEntity.class,
                        """
                        from PersonalAccessTokenEntity t
                        where t.accountId = ?1 and t.revokedAt is null and t.lastUsedAt > ?2
                        """,
                        accountId,
                        since)
                .stream()
                .map(PersonalAccessTokenEntity::token)
                .toList();
    }

    Optional<PersonalAccessToken> lock(Rows rows, String id) {
        return rows.lock(PersonalAccessTokenEntity.class, id).map(PersonalAccessTokenEntity::token);
    }

    Optional<PersonalAccessToken> bySecret(Rows rows, Secret secret) {
        return rows.one(
                        PersonalAccessTokenEntity.class,
                        "from PersonalAccessTokenEntity t where t.hash = ?1",
                        secret.digest())
                .map(PersonalAccessTokenEntity::token);
    }

    void used(Rows rows, String id, Instant now) {
        rows.find(PersonalAccessTokenEntity.class, id).ifPresent(t -> t.used(now));
    }

    void revoke(Rows rows, String id, Instant now) {
        rows.find(PersonalAccessTokenEntity.class, id).ifPresent(t -> t.revoke(now));
    }
}
