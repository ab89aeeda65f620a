package io.orchflow.gateway.session;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// What services accept: a signed token of at most 5 minutes.
///
/// @param sessionId names the grant that live sockets hold
public record AccessToken(String value, Instant expiresAt, String sessionId) {

    /// A token is exchanged this long before it ends, so that none ends on its way.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    public boolean fresh(Instant now) {
        return now.plus(MARGIN).isBefore(expiresAt);
    }

    /// Claim `sub`. Read without verifying: the token came from auth itself.
    public String subject() {
        try {
            var parts = value.split("\\.", -1);
            var claims =
                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return new JsonObject(claims).getString("sub", sessionId);
        } catch (DecodeException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return sessionId;
        }
    }
}
