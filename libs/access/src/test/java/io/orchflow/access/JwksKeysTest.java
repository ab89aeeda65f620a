package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwksKeysTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong time = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final JwksKeys keys;
    private volatile int status = 200;
    private volatile String answer = jwks("k1");

    JwksKeysTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys =
                new JwksKeys(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks"),
                        time::get,
                        vertx);
    }

    @BeforeEach
    void serve() {
        server.createContext(
                "/jwks",
                exchange -> {
                    asked.incrementAndGet();
                    var body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void close() {
        keys.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.stop(0);
    }

    @Test
    void nobodyIsAskedBeforeAKeyIsWanted() {
        assertThat(keys.find("k1")).isEmpty();
        assertThat(keys.learned()).isFalse();
        assertThat(asked).hasValue(0);
    }

    @Test
    void aKeyIsKnownAfterAsking() {
        keys.refresh();

        assertThat(keys.find("k1")).isPresent();
        assertThat(keys.find("k2")).isEmpty();
        assertThat(keys.learned()).isTrue();
    }

    @Test
    void unknownKeysDoNotMakeItAskAgainAtOnce() {
        for (var i = 0; i < 10; i++) {
            keys.refresh();
        }
        assertThat(asked).hasValue(1);

        pass(Duration.ofSeconds(3));
        keys.refresh();

        assertThat(asked).hasValue(2);
    }

    @Test
    void whatIsKnownIsKeptWhileTheIssuerIsDown() {
        keys.refresh();
        status = 500;
        pass(Duration.ofHours(1));
        keys.refresh();

        assertThat(asked).hasValue(2);
        assertThat(keys.find("k1")).isPresent();
    }

    @Test
    void failuresAreFollowedByLongerAndLongerPauses() {
        status = 503;
        for (var i = 0; i < 60; i++) {
            keys.refresh();
            pass(Duration.ofSeconds(1));
        }

        assertThat(asked.get()).isBetween(10, 16);
    }

    @Test
    void nonsenseIsAFailureToo() {
        answer = "<html>";
        keys.refresh();

        assertThat(keys.learned()).isFalse();
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private static String jwks(String keyId) {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(keyId);
            return new JsonWebKeySet(key).toJson();
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
