package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Store;
import io.orchflow.gateway.session.AuthClient.Exchanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions and exchanged tokens in Redis, shared by all gateways. A row is a hash `{refresh,
/// access, expires, sid}`; an access token in it counts only while its grant exists.
@ApplicationScoped
class TokenCache {

    static final Duration SESSION_LIFE = Duration.ofDays(14);

    /// @param token absent where there is none that is good now
    /// @param refreshToken absent for a personal access token
    record Row(@Nullable AccessToken token, @Nullable String refreshToken, String sessionId) {}

    private static final String READ =
            """
            local row = redis.call('HMGET', KEYS[1], 'sid', 'refresh', 'access', 'expires')
            if not row[1] then return {} end
            local granted = redis.call('EXISTS', ARGV[1] .. row[1])
            return {row[1], row[2] or '', granted == 1 and row[3] or '', row[4] or '0'}
            """;

    /// Answers 1, or 0 where the session was revoked, or ended meanwhile.
    private static final String WRITE =
            """
            if redis.call('EXISTS', KEYS[3]) == 1 then
                redis.call('DEL', KEYS[1])
                return 0
            end
            if ARGV[1] == 'replace' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[1], 'sid', ARGV[2], 'refresh', ARGV[3],
                'access', ARGV[4], 'expires', ARGV[5])
            redis.call('EXPIRE', KEYS[1], ARGV[6])
            redis.call('SET', KEYS[2], '1', 'EX', ARGV[7])
            return 1
            """;

    private static final String UNLOCK =
            """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private final Store store;

    TokenCache(Store store) {
        this.store = store;
    }

    @Nullable Row read(String key) {
        var row = store.evaluate(READ, List.of(key), Grants.GRANT);
        if (row == null || row.size() == 0) {
            return null;
        }
        var sessionId = row.get(0).toString();
        var access = row.get(2).toString();
        var token =
                access.isEmpty()
                        ? null
                        : new AccessToken(
                                access, Instant.ofEpochMilli(row.get(3).toLong()), sessionId);
        var refresh = row.get(1).toString();
        return new Row(token, refresh.isEmpty() ? null : refresh, sessionId);
    }

    boolean tryCreate(String key, Exchanged exchanged, Duration life) {
        return write("create", key, exchanged, life);
    }

    /// @return false where the session was ended or revoked while its token was exchanged
    boolean tryReplace(String key, Exchanged exchanged, Duration life) {
        return write("replace", key, exchanged, life);
    }

    private boolean write(String mode, String key, Exchanged exchanged, Duration life) {
        var token = exchanged.token();
        var refresh = exchanged.refreshToken();
        var keys =
                List.of(key, Grants.GRANT + token.sessionId(), Grants.REVOKED + token.sessionId());
        var written =
                store.evaluate(
                        WRITE,
                        keys,
                        mode,
                        token.sessionId(),
                        refresh == null ? "" : refresh,
                        token.value(),
                        String.valueOf(token.expiresAt().toEpochMilli()),
                        String.valueOf(Math.max(1, life.toSeconds())),
                        Grants.GRANT_SECONDS);
        return written != null && written.toInteger() == 1;
    }

    /// Makes the next request exchange again.
    void forgetToken(String key) {
        store.execute("HDEL", key, "access");
    }

    void delete(String key) {
        store.execute("DEL", key);
    }

    boolean tryLock(String key, String owner, Duration life) {
        var millis = String.valueOf(life.toMillis());
        return store.execute("SET", key + ":lock", owner, "NX", "PX", millis) != null;
    }

    void unlock(String key, String owner) {
        store.evaluate(UNLOCK, List.of(key + ":lock"), owner);
    }
}
