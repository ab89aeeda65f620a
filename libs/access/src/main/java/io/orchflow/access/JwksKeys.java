package io.orchflow.access;

import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The issuer's JWKS over HTTP (RFC 7517): asked when a key is unknown or the answer is old, with
/// a pause after each try, and kept while the issuer is down.
@Startup
@Singleton
@Priority(10)
public class JwksKeys implements KeySource {

    private static final Logger LOG = Logger.getLogger(JwksKeys.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_SUCCESS = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final @Nullable URI address;
    private final LongSupplier nanoTime;
    private final HttpClient http;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile Map<String, ECPublicKey> keys = Map.of();
    private volatile boolean closed;
    private volatile long goodUntil;
    private long nextTry;
    private Duration pause = FIRST_PAUSE;

    @Inject
    JwksKeys(
            @ConfigProperty(name = "ORCHFLOW_AUTH_URL") Optional<String> authUrl,
            @ConfigProperty(name = "orchflow.access.jwks", defaultValue = "true") boolean wanted,
            Vertx vertx) {
        this(wanted ? authUrl.map(JwksKeys::address).orElse(null) : null, System::nanoTime, vertx);
        if (address != null) {
            Thread.ofVirtual().name("jwks-first").start(this::refresh);
        }
    }

    JwksKeys(@Nullable URI address, LongSupplier nanoTime, Vertx vertx) {
        this.address = address;
        // Not the JDK's client: it reads every root certificate when it is made, a tenth of a
        // service's start.
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions().setConnectTimeout((int) TIMEOUT.toMillis()));
        this.nanoTime = nanoTime;
        this.nextTry = nanoTime.getAsLong();
        this.goodUntil = nextTry;
    }

    @Override
    public Optional<ECPublicKey> find(String keyId) {
        if (address != null && !keys.isEmpty() && nanoTime.getAsLong() - goodUntil > 0) {
            goodUntil = nanoTime.getAsLong() + LONGEST_PAUSE.toNanos();
            Thread.ofVirtual().name("jwks-again").start(this::refresh);
        }
        return Optional.ofNullable(keys.get(keyId));
    }

    /// Asks once; callers that come meanwhile wait for that answer instead of asking again.
    @Override
    public void refresh() {
        if (address == null || closed) {
            return;
        }
        fetching.lock();
        try {
            if (nanoTime.getAsLong() - nextTry >= 0) {
                fetch(address);
            }
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public boolean learned() {
        return !keys.isEmpty();
    }

    private void fetch(URI from) {
        try {
            keys = parse(ask(from));
            goodUntil = nanoTime.getAsLong() + FRESH.toNanos();
            pause = PAUSE_AFTER_SUCCESS;
        } catch (IOException | JoseException e) {
            LOG.debugf("Signing keys not fetched address=%s reason=%s", from, e.toString());
            var doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        nextTry = nanoTime.getAsLong() + pause.toNanos();
    }

    private String ask(URI from) throws IOException, InterruptedException {
        var request =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(from.toString())
                        .setTimeout(TIMEOUT.toMillis());
        try {
            return http.request(request)
                    .compose(JwksKeys::answer)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer", e);
        }
    }

    /// The answer's reader is there before the request leaves: one that comes sooner would never
    /// be read.
    private static Future<String> answer(HttpClientRequest request) {
        var body = request.response().compose(JwksKeys::body);
        var _ = request.end();
        return body;
    }

    private static Future<String> body(HttpClientResponse response) {
        return response.statusCode() == 200
                ? response.body().map(body -> body.toString())
                : Future.failedFuture(new IOException("status " + response.statusCode()));
    }

    @PreDestroy
    void close() {
        closed = true;
        var _ = http.close();
    }

    private static Map<String, ECPublicKey> parse(String json) throws JoseException {
        var found = new HashMap<String, ECPublicKey>();
        for (var key : new JsonWebKeySet(json).getJsonWebKeys()) {
            if (key instanceof EllipticCurveJsonWebKey ec && key.getKeyId() != null) {
                found.put(key.getKeyId(), ec.getECPublicKey());
            }
        }
        return Map.copyOf(found);
    }

    private static URI address(String authUrl) {
        return URI.create(authUrl.replaceAll("/+$", "") + "/internal/jwks");
    }
}
