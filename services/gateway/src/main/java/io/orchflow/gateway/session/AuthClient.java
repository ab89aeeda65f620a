package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.edge.WholeAnswer;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The only calls between services: what auth gives for a session or a personal access token. Runs
/// on virtual threads.
@ApplicationScoped
class AuthClient {

    private static final Logger LOG = Logger.getLogger(AuthClient.class);
    private static final int TIMEOUT_SECONDS = 8;

    /// @param refreshToken replaces the one that was given; absent for a personal access token
    record Exchanged(AccessToken token, @Nullable String refreshToken) {}

    private final HttpClient client;
    private final URI auth;
    private final String secret;

    AuthClient(Vertx vertx, GatewayConfig config) {
        this.auth = Objects.requireNonNull(config.upstreams().get("auth"), "No upstream auth");
        this.secret = config.internalSecret();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) config.connectTimeout().toMillis())
                                .setMaxPoolSize(64));
    }

    /// @return absent where auth does not know the credential, or no more
    /// @throws ProblemException 503 where auth does not answer
    @Nullable Exchanged refresh(String refreshToken) {
        return exchange(new JsonObject().put("refreshToken", refreshToken));
    }

    /// @return absent where auth does not know the credential, or no more
    /// @throws ProblemException 429 as auth says it, 503 where auth does not answer
    @Nullable Exchanged personal(String personalAccessToken) {
        return exchange(new JsonObject().put("personalAccessToken", personalAccessToken));
    }

    /// Ends the refresh token's family. A failure is logged only: the session is gone already.
    void logout(String refreshToken) {
        try {
            call("/internal/logout", new JsonObject().put("refreshToken", refreshToken));
        } catch (RuntimeException e) {
            LOG.warn("auth was not told of a logout; the refresh token runs out by itself", e);
        }
    }

    private @Nullable Exchanged exchange(JsonObject body) {
        var answer = call("/internal/token", body);
        return switch (answer.status()) {
            case 200 -> read(answer.body().toJsonObject());
            case 400, 401, 403, 404 -> null;
            case 429 ->
                    throw Problems.tooManyRequests(
                            "auth is asked too often.", Duration.ofSeconds(1));
            default -> {
                LOG.warnf("auth answers an exchange with %d", answer.status());
                throw unavailable(null);
            }
        };
    }

    private static Exchanged read(JsonObject answer) {
        var token =
                new AccessToken(
                        answer.getString("accessToken"),
                        Instant.parse(answer.getString("expiresAt")),
                        answer.getString("sessionId"));
        return new Exchanged(token, answer.getString("refreshToken"));
    }

    private WholeAnswer call(String path, JsonObject body) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(auth.getHost())
                        .setPort(auth.getPort())
                        .setURI(path)
                        .setTimeout(TIMEOUT_SECONDS * 1000L)
                        .putHeader("Orchflow-Internal", secret)
                        .putHeader("Content-Type", "application/json");
        var answer =
                client.request(options)
                        .compose(request -> WholeAnswer.to(request, body.toBuffer()));
        try {
            return Blocking.await(answer, TIMEOUT_SECONDS + 1L);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(@Nullable Throwable cause) {
        var problem =
                Problems.unavailable(
                                "auth does not answer; sign-ins and new tokens wait for it.",
                                Duration.ofSeconds(2))
                        .problem();
        return new ProblemException(problem.with("service", "auth"), cause);
    }
}
