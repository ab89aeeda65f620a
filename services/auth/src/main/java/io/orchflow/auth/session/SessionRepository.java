package io.orchflow.auth.session;

import io.orchflow.auth.storage.Rows;
import io.orchflow.auth.token.Secret;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// Sessions and their refresh tokens as rows.
@Singleton
class SessionRepository {

    /// Whose refresh token was presented, and whether it was presented before.
    record Presented(String sessionId, boolean used) {}

    void add(Rows rows, Session session) {
        rows.persist(new SessionEntity(session));
    }

    Optional<Session> lock(Rows rows, String id) {
        return rows.lock(SessionEntity.class, id).map(SessionEntity::session);
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

    /// Marks the token as used, holding its row: the second of two that present it at once finds it
    /// used.
    Optional<Presented> use(Rows rows, Secret secret, Instant now) {
        var row = rows.lock(RefreshTokenEntity.class, secret.digest());
        var presented = row.map(token -> new Presented(token.sessionId(), token.used()));
        row.ifPresent(token -> token.use(now));
        return presented;
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
