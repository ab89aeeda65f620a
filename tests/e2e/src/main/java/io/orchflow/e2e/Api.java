package io.orchflow.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The public API, as an outside client with a personal access token.
public final class Api {
    public static final ObjectMapper JSON = new ObjectMapper();
    public static final String OWNER_EMAIL = "owner@example.test";
    public static final String PASSWORD = "correct horse battery 9";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    public final URI origin;
    private final @Nullable String token;

    Api(URI origin, @Nullable String token) {
        this.origin = origin;
        this.token = token;
    }

    /// The same caller, at an installation that has moved.
    public Api at(URI elsewhere) {
        return new Api(elsewhere, token);
    }

    public record Answer(int status, String body, Map<String, String> headers) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        public Answer expect(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }
    }

    /// Registers the first account and gives back the API with a token of it.
    public static Api signUp(Orchflow orchflow) {
        return signUp(orchflow, OWNER_EMAIL, orchflow.code());
    }

    public static Api signUp(Orchflow orchflow, String email, String code) {
        var anonymous = new Api(orchflow.url(), null);
        String account =
                "{\"email\": \"%s\", \"password\": \"%s\", \"displayName\": \"Ada\", \"code\": \"%s\"}"
                        .formatted(email, PASSWORD, code);
        HttpResponse<byte[]> registered =
                anonymous.send(anonymous.request("POST", "/api/auth/register", account));
        assertThat(registered.statusCode()).as(new String(registered.body(), UTF_8)).isEqualTo(201);
        String cookie =
                registered.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        HttpRequest.Builder request =
                anonymous.builder(
                        "POST", "/api/auth/personal-access-tokens", "{\"name\": \"tests\"}");
        HttpResponse<byte[]> made =
                anonymous.send(
                        request.header("Cookie", cookie)
                                .header("Origin", anonymous.canonicalOrigin())
                                .build());
        assertThat(made.statusCode()).as(new String(made.body(), UTF_8)).isEqualTo(201);
        try {
            return new Api(orchflow.url(), JSON.readTree(made.body()).get("token").asText());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public String canonicalOrigin() {
        return origin.getScheme() + "://" + origin.getAuthority();
    }

    public Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer post(String path, String json) {
        return call("POST", path, json);
    }

    public Answer post(String path) {
        return call("POST", path, "{}");
    }

    public Answer call(String method, String path, @Nullable String json) {
        HttpResponse<byte[]> response = send(request(method, path, json));
        return new Answer(
                response.statusCode(), new String(response.body(), UTF_8), single(response));
    }

    public Answer put(String path, String json, String etag) {
        HttpResponse<byte[]> response =
                send(builder("PUT", path, json).header("If-Match", etag).build());
        return new Answer(
                response.statusCode(), new String(response.body(), UTF_8), single(response));
    }

    public byte[] bytes(String path) {
        HttpResponse<byte[]> response = send(request("GET", path, null));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static Map<String, String> single(HttpResponse<?> response) {
        var headers = new java.util.HashMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return headers;
    }

    private HttpRequest request(String method, String path, @Nullable String json) {
        return builder(method, path, json).build();
    }

    private HttpRequest.Builder builder(String method, String path, @Nullable String json) {
        var builder =
                HttpRequest.newBuilder(origin.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                json == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        if (json != null) {
            builder.header("Content-Type", "application/json");
        }
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
