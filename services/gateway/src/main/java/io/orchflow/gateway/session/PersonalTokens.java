package io.orchflow.gateway.session;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Personal access tokens, exchanged at auth and kept until shortly before the access token ends.
/// Everything here blocks: virtual threads only.
@ApplicationScoped
public class PersonalTokens {

    private static final String KEY = "orchflow:pat:";
    private static final int LONGEST = 1024;

    /// How often a token is exchanged where roles change meanwhile.
    private static final int ATTEMPTS = 3;

    private final TokenCache cache;
    private final AuthClient auth;
    private final SingleFlight<AccessToken> exchanges = new SingleFlight<>();

    PersonalTokens(TokenCache cache, AuthClient auth) {
        this.cache = cache;
        this.auth = auth;
    }

    /// @param authorization value of the `Authorization` header
    /// @throws ProblemException 401 for anything but a good token, 503 where auth does not answer
    public Principal.Machine resolve(String authorization) {
        var secret = bearer(authorization);
        if (secret == null) {
            throw Problems.unauthorized("Authorization takes the form: Bearer <token>.");
        }
        var digest = SessionCookie.digest(secret);
        var row = cache.read(KEY + digest);
        var kept = row == null ? null : row.token();
        var token =
                kept != null && kept.fresh(Instant.now())
                        ? kept
                        : exchanges.share(digest, () -> exchange(KEY + digest, secret, ATTEMPTS));
        return new Principal.Machine(digest, token);
    }

    private AccessToken exchange(String key, String secret, int attempts) {
        var asked = cache.now();
        var exchanged = auth.personal(secret);
        if (exchanged == null) {
            cache.delete(key);
            throw Problems.unauthorized("The token is unknown, has run out or was revoked.");
        }
        var token = exchanged.token();
        var life = Duration.between(Instant.now(), token.expiresAt());
        return switch (cache.create(key, exchanged, asked, life)) {
            case KEPT -> token;
            case STALE -> attempts > 1 ? exchange(key, secret, attempts - 1) : token;
            case ENDED -> throw Problems.unauthorized("The token was revoked.");
        };
    }

    private static @Nullable String bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        var secret = authorization.substring(7).strip();
        return secret.isEmpty() || secret.length() > LONGEST ? null : secret;
    }
}
