package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.edge.WholeAnswer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Asks every service whether it is ready: often until all are, then now and again.
@ApplicationScoped
class ServiceProbe {

    private static final Duration EAGER = Duration.ofMillis(300);
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final long TIMEOUT_MILLIS = 2000;

    private final Vertx vertx;
    private final Map<String, URI> urls;
    private final HttpClient client;
    private final Map<String, ServiceStatus> statuses = new ConcurrentHashMap<>();
    private volatile boolean wasReady;

    ServiceProbe(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.urls = config.upstreams();
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setConnectTimeout((int) TIMEOUT_MILLIS));
        var now = Instant.now();
        urls.keySet().forEach(name -> statuses.put(name, new ServiceStatus(name, false, now)));
    }

    void start(@Observes StartupEvent event) {
        round();
    }

    List<ServiceStatus> services() {
        return statuses.values().stream()
                .sorted(Comparator.comparing(ServiceStatus::name))
                .toList();
    }

    boolean ready() {
        return statuses.values().stream().allMatch(ServiceStatus::ready);
    }

    /// Whether all services have been ready once since this process started.
    boolean wasReady() {
        return wasReady;
    }

    private void round() {
        var probes = urls.entrySet().stream().map(e -> probe(e.getKey(), e.getValue())).toList();
        Future.join(probes)
                .onComplete(
                        _ -> {
                            wasReady |= ready();
                            var pause = ready() ? CALM : EAGER;
                            vertx.setTimer(pause.toMillis(), _ -> round());
                        });
    }

    private Future<Boolean> probe(String name, URI url) {
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(url.getHost())
                        .setPort(url.getPort())
                        .setURI("/q/health/ready")
                        .setTimeout(TIMEOUT_MILLIS);
        return client.request(options)
                .compose(request -> WholeAnswer.to(request, Buffer.buffer()))
                .map(answer -> answer.status() == 200)
                .otherwise(false)
                .onSuccess(ready -> note(name, ready));
    }

    private void note(String name, boolean ready) {
        statuses.computeIfPresent(name, (_, status) -> status.seen(ready, Instant.now()));
    }
}
