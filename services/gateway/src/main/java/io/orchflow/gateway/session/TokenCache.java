package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Store;
import io.orchflow.gateway.session.AuthClient.Exchanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions and exchanged tokens in Redis, shared by all gateways. A row is a hash `{refresh,
/// access, expires, sid, user, asked}`; an access token in it counts only while its grant exists,
/// and where it was asked for after its person's roles changed last. Both are looked up by the
/// script that reads the row, so that a change holds at once on every gateway and costs no further
/// round trip. `asked` and the change are microseconds of the clock of Redis.
@ApplicationScoped
class TokenCache {

    static final Duration SESSION_LIFE = Duration.ofDays(14);

    /// @param token absent where there is none that is good now
    /// @param refreshToken absent for a personal access token
    record Row(@Nullable AccessToken token, @Nullable String refreshToken, String sessionId) {}

    private static final String READ =
            """
            local row = redis.call('HMGET', KEYS[1],
                'sid', 'refresh', 'access', 'expires', 'user', 'asked')
            if not row[1] then return {} end
            local good = redis.call('EXISTS', ARGV[1] .. row[1]) == 1
            local changed = redis.call('GET', ARGV[2] .. (row[5] or ''))
            if changed and tonumber(row[6] or 0) <= tonumber(changed) then good = false end
            return {row[1], row[2] or '', good and row[3] or '', row[4] or '0'}
            """;

    /// What became of a token that was to be kept.
    enum Kept {
        /// The session was ended or revoked while its token was exchanged.
        ENDED,
        KEPT,
        /// It is kept, and counts no more: roles have changed since it was asked for.
        STALE
    }

    /// Answers the number of a [Kept].
    private static final String WRITE =
            """
            if redis.call('EXISTS', KEYS[3]) == 1 then
                redis.call('DEL', KEYS[1])
                return 0
            end
            if ARGV[1] == 'replace' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[1], 'sid', ARGV[2], 'refresh', ARGV[3],
                'access', ARGV[4], 'expires', ARGV[5], 'user', ARGV[8], 'asked', ARGV[9])
            redis.call('EXPIRE', KEYS[1], ARGV[6])
            redis.call('SET', KEYS[2], '1', 'EX', ARGV[7])
            local changed = redis.call('GET', KEYS[4])
            if changed and tonumber(ARGV[9]) <= tonumber(changed) then return 2 end
            return 1
            """;

    private static final String CHANGE =
            """
            local now = redis.call('TIME')
            redis.call('SET', KEYS[1], string.format('%.0f', now[1] * 1000000 + now[2]),
                'EX', ARGV[1])
            """;

    private static final String UNLOCK =
            """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private static final String CHANGED = "orchflow:changed:";

    /// Longer than any access token lives.
    private static final String CHANGED_SECONDS = "900";

    private final Store store;

    TokenCache(Store store) {
        this.store = store;
    }

    @Nullable Row read(String key) {
        var row = store.evaluate(READ, List.of(key), Grants.GRANT, CHANGED);
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

    Kept create(String key, Exchanged exchanged, long asked, Duration life) {
        return write("create", key, exchanged, asked, life);
    }

    /// Microseconds of the clock of Redis: read before a token is asked for, since roles may change
    /// while auth makes it.
    long now() {
        var time = store.execute("TIME");
        return time == null ? 0 : time.get(0).toLong() * 1_000_000 + time.get(1).toLong();
    }

    /// @param asked what [#now] said before the token was asked for
    Kept replace(String key, Exchanged exchanged, long asked, Duration life) {
        return write("replace", key, exchanged, asked, life);
    }

    private Kept write(String mode, String key, Exchanged exchanged, long asked, Duration life) {
        var token = exchanged.token();
        var refresh = exchanged.refreshToken();
        var keys =
                List.of(
                        key,
                        Grants.GRANT + token.sessionId(),
                        Grants.REVOKED + token.sessionId(),
                        CHANGED + token.subject());
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
                        Grants.GRANT_SECONDS,
                        token.subject(),
                        String.valueOf(asked));
        return written == null ? Kept.ENDED : Kept.values()[written.toInteger()];
    }

    /// Tokens of this person that were asked for before count no more: what they may do changed.
    void changed(String userId) {
        store.evaluate(CHANGE, List.of(CHANGED + userId), CHANGED_SECONDS);
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
