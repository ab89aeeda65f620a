package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Origins;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The browser's only credential: a host-only cookie with a random 256-bit id. Redis knows its
/// digest, never the id.
public final class SessionCookie {

    public static final String NAME = "orchflow_session";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SessionCookie() {}

    static String newId() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static boolean sent(HttpServerRequest request) {
        return request.getCookie(NAME) != null;
    }

    /// Key of the session that the request names; absent where it names none in the right form.
    static @Nullable String session(HttpServerRequest request) {
        var cookie = request.getCookie(NAME);
        return cookie != null && WELL_FORMED.matcher(cookie.getValue()).matches()
                ? digest(cookie.getValue())
                : null;
    }

    static String set(String id, Origins origins, Duration life) {
        return encode(id, origins, life.toSeconds());
    }

    public static String cleared(Origins origins) {
        return encode("", origins, 0);
    }

    private static String encode(String value, Origins origins, long maxAge) {
        return Cookie.cookie(NAME, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(origins.secure())
                .setMaxAge(maxAge)
                .encode()
                .replace("HTTPOnly", "HttpOnly");
    }

    static String digest(String secret) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(hash.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
