package io.orchflow.auth.session;

import io.orchflow.auth.storage.Rows;
import io.orchflow.auth.token.Secret;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sessions and their refresh tokens as rows.
@Singleton
class SessionRepository {

    /// Whose refresh token was presented, and whether somebody else must have it too.
    record Presented(String sessionId, boolean reused) {}

    void add(Rows rows, Session session) {
        rows.persist(new SessionEntity(session));
    }

    Optional<Session> lock(Rows rows, String id) {
        return rows.lock(SessionEntity.class, id).map(SessionEntity::session);
    }

    List<String> usedSince(Rows rows, String accountId, Instant since) {
        return rows.list(
                String.class,
                """
                select s.id from SessionEntity s
                where s.accountId = ?1 and s.endedAt is null and s.lastUsedAt > ?2
                """,
                accountId,
                since);
    }

    void store(Rows rows, Session session) {
        rows.find(SessionEntity.class, session.id()).ifPresent(row -> row.take(session));
    }

    void end(Rows rows, String id, Session.End end, Instant now) {
        rows.find(SessionEntity.class, id).ifPresent(row -> row.end(end.reason(), now));
    }

    void addToken(Rows rows, String sessionId, Secret secret, Instant now) {
        rows.persist(new RefreshTokenEntity(secret.digest(), sessionId, now));
    }

    /// Puts `next` in the place of the presented token, holding its row. A used token whose
    /// successor was never used is presented by one who did not get the answer: that successor is
    /// retired, and whoever presents it after all is found out.
    Optional<Presented> exchange(Rows rows, Secret presented, Secret next, Instant now) {
        return rows.lock(RefreshTokenEntity.class, presented.digest())
                .map(token -> exchange(rows, token, next, now));
    }

    private Presented exchange(Rows rows, RefreshTokenEntity token, Secret next, Instant now) {
        if (token.used()) {
            var successor =
                    Optional.ofNullable(token.successor())
                            .flatMap(digest -> rows.lock(RefreshTokenEntity.class, digest))
                            .filter(row -> !row.used());
            if (successor.isEmpty()) {
                return new Presented(token.sessionId(), true);
            }
            successor.get().retire(now);
        }
        token.use(now, next.digest());
        addToken(rows, token.sessionId(), next, now);
        return new Presented(token.sessionId(), false);
    }

    Optional<String> sessionOf(Rows rows, Secret secret) {
        return rows.find(RefreshTokenEntity.class, secret.digest())
                .map(RefreshTokenEntity::sessionId);
    }

    /// Forgets tokens of sessions that ended long ago.
    int forget(Rows rows, Instant endedBefore) {
        rows.update(
                """
                delete from RefreshTokenEntity t where t.sessionId in
                    (select s.id from SessionEntity s where s.endedAt < ?1 or s.expiresAt < ?1)
                """,
                endedBefore);
        return rows.update(
                "delete from SessionEntity s where s.endedAt < ?1 or s.expiresAt < ?1",
                endedBefore);
    }
}
