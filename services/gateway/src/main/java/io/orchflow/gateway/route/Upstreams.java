package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.problem.Problem;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections to the services. The pools are wide because event streams hold a connection each.
@ApplicationScoped
class Upstreams {

    private static final int CONNECTIONS = 8192;
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final Map<String, URI> urls;
    private final HttpClient http;
    private final NetClient sockets;

    Upstreams(Vertx vertx, GatewayConfig config) {
        urls = config.upstreams();
        var options =
                new HttpClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setMaxPoolSize(CONNECTIONS)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(32 * 1024);
        http = vertx.createHttpClient(options);
        sockets =
                vertx.createNetClient(
                        new NetClientOptions()
                                .setConnectTimeout((int) config.connectTimeout().toMillis())
                                .setTcpNoDelay(true));
    }

    HttpClient http() {
        return http;
    }

    Future<HttpClientRequest> request(String name, HttpMethod method, String uri) {
        return http.request(options(name, method, uri));
    }

    /// A plain connection.
    Future<NetSocket> socket(String name) {
        var url = url(name);
        return sockets.connect(url.getPort(), url.getHost());
    }

    String authority(String name) {
        return url(name).getAuthority();
    }

    private URI url(String name) {
        var url = urls.get(name);
        if (url == null) {
            throw new IllegalArgumentException("No upstream is configured as " + name);
        }
        return url;
    }

    private RequestOptions options(String name, HttpMethod method, String uri) {
        var url = url(name);
        return new RequestOptions()
                .setMethod(method)
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI(uri);
    }

    /// Whether an answer is Quarkus's own while it shuts down: 503, and nothing else.
    static boolean goingDown(int status, MultiMap headers) {
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        return status == 503 && (type == null || !type.startsWith(Problem.MEDIA_TYPE));
    }

    /// What a client is told while a service is down, or went down under its request.
    static ProblemException unavailable(String name, @Nullable Throwable cause) {
        var problem =
                Problems.unavailable(
                                "The service "
                                        + name
                                        + " does not answer; it is restarted by itself.",
                                Duration.ofSeconds(1))
                        .problem();
        return new ProblemException(problem.with("service", name), cause);
    }
}
