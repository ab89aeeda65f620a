package io.orchflow.orchestration.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/// Calls of providers, blocking; made for virtual threads.
@Singleton
public class UpstreamClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CHECK = Duration.ofSeconds(10);
    private static final int MOST_NAMES = 200;
    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final Duration answerTimeout;

    UpstreamClient(ModelsConfig config) {
        this.answerTimeout = config.answerTimeout();
    }

    /// A provider that was never reached: what was to be asked has cost nothing.
    static final class NotReached extends IOException {
        NotReached(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// @param headers of the agent's request that are passed on
    /// @return its body is the caller's to close, which ends the call
    /// @throws NotReached nothing was sent
    HttpResponse<InputStream> ask(
            ModelChoice choice, String key, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request =
                to(choice.provider(), choice.wire().path(), key, choice.wire() == Wire.MESSAGES)
                        .timeout(answerTimeout);
        headers.forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    private HttpResponse<InputStream> send(HttpRequest request)
            throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            var host = request.uri().getHost();
            var unknown = e.getCause() instanceof UnresolvedAddressException;
            throw new NotReached(
                    unknown
                            ? "the name " + host + " cannot be resolved"
                            : "nothing answers at " + host + ":" + port(request.uri()),
                    e);
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    private static HttpRequest.Builder to(
            Provider provider, String path, String key, boolean anthropic) {
        var request = HttpRequest.newBuilder(URI.create(provider.url() + path));
        if (provider.url().getScheme().equals("http")) {
            // No attempt to switch to HTTP/2, which some local servers take for an error.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        if (anthropic) {
            request.setHeader("anthropic-version", ANTHROPIC_VERSION);
        }
        if (!key.isEmpty()) {
            request.setHeader(
                    anthropic ? "x-api-key" : "Authorization", anthropic ? key : "Bearer " + key);
        }
        return request;
    }

    /// Asks for the list of models.
    ProviderResource.ProviderCheckView check(Provider provider, String key) {
        var anthropic = provider.wires().equals(Set.of(Wire.MESSAGES));
        var request = to(provider, "/models", key, anthropic).timeout(CHECK).GET().build();
        try {
            var response = send(request);
            try (var body = response.body()) {
                var bytes = body.readNBytes(1 << 20);
                return response.statusCode() == 200
                        ? named(provider, bytes)
                        : failed(refusal(response.statusCode()));
            }
        } catch (HttpTimeoutException e) {
            return failed("it did not answer within " + CHECK.toSeconds() + " s");
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    private static ProviderResource.ProviderCheckView named(Provider provider, byte[] bytes)
            throws IOException {
        var data = JSON.readTree(bytes).path("data");
        var names =
                StreamSupport.stream(data.spliterator(), false)
                        .map(model -> model.path("id").asText(""))
                        .filter(name -> !name.isEmpty())
                        .limit(MOST_NAMES)
                        .toList();
        var missing = new ArrayList<>(provider.models().stream().map(ModelOffer::name).toList());
        missing.removeAll(names);
        if (names.isEmpty() || missing.isEmpty()) {
            return new ProviderResource.ProviderCheckView(
                    true, "It answers and lets orchflow in.", names);
        }
        var words = String.join(", ", missing);
        return new ProviderResource.ProviderCheckView(
                true, "It answers and lets orchflow in, but does not list " + words + ".", names);
    }

    private static String refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                    "it refuses the key ("
                            + status
                            + "): set another, with the right to use models";
            case 404 ->
                    "it has no /models (404): the address may lack its /v1, or this provider lists none";
            default -> "it answered " + status;
        };
    }

    private static ProviderResource.ProviderCheckView failed(String reason) {
        var sentence = Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
        return new ProviderResource.ProviderCheckView(false, sentence, List.of());
    }
}
