package io.orchflow.gateway.fake;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A small auth with real refresh rotation and reuse detection, kept in memory.
public final class FakeAuth {

    public static final String SECRET = "the-internal-secret";

    private final Vertx vertx;
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, String> usedTokens = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Map<String, String> personalTokens = new ConcurrentHashMap<>();

    /// Calls of the internal interface, counted before the delay.
    public final AtomicInteger asked = new AtomicInteger();

    public final AtomicInteger exchanges = new AtomicInteger();
    public final AtomicInteger reuses = new AtomicInteger();
    public final AtomicInteger logouts = new AtomicInteger();
    public volatile Duration tokenLife = Duration.ofMinutes(5);
    public volatile Duration delay = Duration.ofMillis(1);

    FakeAuth(Vertx vertx) {
        this.vertx = vertx;
    }

    HttpServer server() {
        return vertx.createHttpServer().requestHandler(this::handle);
    }

    public String newPersonalToken() {
        var id = UUID.randomUUID().toString();
        personalTokens.put("pat-" + id, "pat:" + id);
        return "pat-" + id;
    }

    public void revokePersonal(String token) {
        personalTokens.remove(token);
    }

    public void revokeSession(String sessionId) {
        revoked.add(sessionId);
    }

    public String sessionOf(String personalToken) {
        return personalTokens.getOrDefault(personalToken, "none");
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/q/health/ready" -> request.response().end("{}");
            case "/api/auth/login" -> login(request);
            case "/internal/token" -> internal(request, this::token);
            case "/internal/logout" -> internal(request, this::logout);
            default -> FakeServices.echo("auth", request);
        }
    }

    private void login(HttpServerRequest request) {
        var refresh = "refresh-" + UUID.randomUUID();
        refreshTokens.put(refresh, "session-" + UUID.randomUUID());
        request.response()
                .putHeader("Orchflow-Grant", refresh)
                .putHeader("Set-Cookie", "from=auth")
                .putHeader("Content-Type", "application/json")
                .end("{\"userId\":\"u1\"}");
    }

    private interface Internal {
        void answer(HttpServerRequest request, JsonObject body);
    }

    private void internal(HttpServerRequest request, Internal call) {
        if (!SECRET.equals(request.getHeader("Orchflow-Internal"))) {
            request.response().setStatusCode(403).end();
            return;
        }
        asked.incrementAndGet();
        request.body()
                .onSuccess(
                        body ->
                                vertx.setTimer(
                                        delay.toMillis(),
                                        _ -> call.answer(request, body.toJsonObject())));
    }

    private void token(HttpServerRequest request, JsonObject body) {
        exchanges.incrementAndGet();
        var personal = body.getString("personalAccessToken");
        if (personal != null) {
            var id = personalTokens.get(personal);
            give(request, id, null);
            return;
        }
        var refresh = body.getString("refreshToken");
        var used = usedTokens.get(refresh);
        if (used != null) {
            reuses.incrementAndGet();
            revoked.add(used);
        }
        var session = refreshTokens.remove(refresh);
        if (session == null || revoked.contains(session)) {
            give(request, null, null);
            return;
        }
        usedTokens.put(refresh, session);
        var next = "refresh-" + UUID.randomUUID();
        refreshTokens.put(next, session);
        give(request, session, next);
    }

    private void give(
            HttpServerRequest request,
            @org.jspecify.annotations.Nullable String session,
            @org.jspecify.annotations.Nullable String refresh) {
        if (session == null) {
            request.response().setStatusCode(401).end("{}");
            return;
        }
        var claims = new JsonObject().put("sub", "user-1").put("sid", session).encode();
        var part =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        var answer =
                new JsonObject()
                        .put("accessToken", "head." + part + "." + UUID.randomUUID())
                        .put("expiresAt", Instant.now().plus(tokenLife).toString())
                        .put("sessionId", session);
        if (refresh != null) {
            answer.put("refreshToken", refresh);
        }
        request.response().end(answer.encode());
    }

    private void logout(HttpServerRequest request, JsonObject body) {
        logouts.incrementAndGet();
        var session = refreshTokens.remove(body.getString("refreshToken"));
        if (session != null) {
            revoked.add(session);
        }
        request.response().setStatusCode(204).end();
    }
}
