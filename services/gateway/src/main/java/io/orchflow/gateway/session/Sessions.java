package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Edge;
import io.orchflow.gateway.session.AuthClient.Exchanged;
import io.orchflow.gateway.session.TokenCache.Row;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Browser sessions (a backend for the front end: the browser never sees a token). Everything here
/// blocks: virtual threads only.
@ApplicationScoped
public class Sessions {

    private static final String KEY = "orchflow:session:";
    private static final Duration LOCK_LIFE = Duration.ofSeconds(15);
    /// How often a token is exchanged where roles change meanwhile.
    private static final int ATTEMPTS = 3;

    private static final Duration POLL = Duration.ofMillis(25);

    private final TokenCache cache;
    private final AuthClient auth;
    private final Grants grants;
    private final Edge edge;
    private final SingleFlight<Optional<AccessToken>> exchanges = new SingleFlight<>();

    Sessions(TokenCache cache, AuthClient auth, Grants grants, Edge edge) {
        this.cache = cache;
        this.auth = auth;
        this.grants = grants;
        this.edge = edge;
    }

    /// Starts a session with the grant of a sign-in, and ends the one that the browser had.
    ///
    /// @return value of `Set-Cookie`
    /// @throws ProblemException 503 where auth does not answer
    public String open(HttpServerRequest request, String refreshToken) {
        var asked = cache.now();
        var exchanged = auth.refresh(refreshToken);
        if (exchanged == null) {
            throw Problems.unauthorized("The sign-in was revoked at once; sign in again.");
        }
        var id = SessionCookie.newId();
        cache.create(KEY + SessionCookie.digest(id), exchanged, asked, TokenCache.SESSION_LIFE);
        close(request);
        return SessionCookie.set(id, edge.origins(), TokenCache.SESSION_LIFE);
    }

    /// Ends the request's session, if it has one: live sockets close, tokens count no more.
    public void close(HttpServerRequest request) {
        var session = SessionCookie.session(request);
        var row = session == null ? null : cache.read(KEY + session);
        if (session == null || row == null) {
            return;
        }
        grants.revoke(List.of(row.sessionId()));
        cache.delete(KEY + session);
        if (row.refreshToken() != null) {
            auth.logout(row.refreshToken());
        }
    }

    /// @return absent where the request names no session that is good
    /// @throws ProblemException 503 where auth must be asked and does not answer
    public Optional<Principal.Person> resolve(HttpServerRequest request) {
        var session = SessionCookie.session(request);
        if (session == null) {
            return Optional.empty();
        }
        var row = cache.read(KEY + session);
        if (row == null) {
            return Optional.empty();
        }
        var token = good(row);
        var current =
                token != null
                        ? Optional.of(token)
                        : exchanges.share(session, () -> exchangeLocked(KEY + session));
        return current.map(t -> new Principal.Person(session, t));
    }

    private static @Nullable AccessToken good(Row row) {
        var token = row.token();
        return token != null && token.fresh(Instant.now()) ? token : null;
    }

    /// A refresh token is good for one use: across gateways only the holder of the lock uses it,
    /// and
    /// the others find what it got.
    private Optional<AccessToken> exchangeLocked(String key) {
        var owner = UUID.randomUUID().toString();
        var deadline = Instant.now().plus(LOCK_LIFE);
        while (!cache.tryLock(key, owner, LOCK_LIFE)) {
            var row = cache.read(key);
            var token = row == null ? null : good(row);
            if (row == null || token != null) {
                return Optional.ofNullable(token);
            }
            if (Instant.now().isAfter(deadline)) {
                throw Problems.unavailable(
                        "The session's token is being renewed.", Duration.ofSeconds(1));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        try {
            return exchange(key, ATTEMPTS);
        } finally {
            cache.unlock(key, owner);
        }
    }

    private Optional<AccessToken> exchange(String key, int attempts) {
        var row = cache.read(key);
        if (row == null || row.refreshToken() == null) {
            return Optional.empty();
        }
        var token = good(row);
        if (token != null) {
            return Optional.of(token);
        }
        var asked = cache.now();
        var exchanged = auth.refresh(row.refreshToken());
        if (exchanged == null) {
            grants.revoke(List.of(row.sessionId()));
            cache.delete(key);
            return Optional.empty();
        }
        return switch (cache.replace(key, exchanged, asked, TokenCache.SESSION_LIFE)) {
            case KEPT -> Optional.of(exchanged.token());
            case STALE ->
                    attempts > 1 ? exchange(key, attempts - 1) : Optional.of(exchanged.token());
            case ENDED -> ended(exchanged);
        };
    }

    private Optional<AccessToken> ended(Exchanged exchanged) {
        if (exchanged.refreshToken() != null) {
            auth.logout(exchanged.refreshToken());
        }
        return Optional.empty();
    }
}
