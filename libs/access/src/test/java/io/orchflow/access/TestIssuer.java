package io.orchflow.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Stands in for auth in the tests of other services: publishes a JWKS of its own on a loopback
/// port and signs access tokens that the service accepts. Give the service [#url] as
/// `ORCHFLOW_AUTH_URL`.
public final class TestIssuer implements AutoCloseable {

    private static final class Shared {
        static final TestIssuer INSTANCE = new TestIssuer();
    }

    private final EllipticCurveJsonWebKey key = key();
    private final HttpServer server;

    public TestIssuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("No loopback port for the test issuer", e);
        }
        var jwks = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/internal/jwks",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, jwks.length);
                    try (var body = exchange.getResponseBody()) {
                        body.write(jwks);
                    }
                });
        server.start();
    }

    /// One issuer for all tests of a JVM.
    public static TestIssuer shared() {
        return Shared.INSTANCE;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A token of a signed-in person; its session id is `session-<userId>`.
    public String user(String userId, String teamId, Role role) {
        return user(userId, Map.of(teamId, role));
    }

    public String user(String userId, Map<String, Role> teams) {
        return sign(
                new Caller(
                        userId,
                        "User " + userId,
                        Caller.Kind.USER,
                        teams,
                        Set.of(),
                        "session-" + userId));
    }

    /// A token that a personal access token `pat-<userId>` was exchanged for.
    public String personalAccessToken(String userId, String teamId, Role role, Set<String> scopes) {
        return sign(
                new Caller(
                        userId,
                        "User " + userId,
                        Caller.Kind.TOKEN,
                        Map.of(teamId, role),
                        scopes,
                        "pat:pat-" + userId));
    }

    public String sign(Caller caller) {
        return sign(caller, Instant.now());
    }

    /// @param issuedAt in the past for a token that has expired
    public String sign(Caller caller, Instant issuedAt) {
        return TokenSigner.sign(
                caller,
                key.getKeyId(),
                (ECPrivateKey) key.getPrivateKey(),
                issuedAt,
                Duration.ofMinutes(5));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static EllipticCurveJsonWebKey key() {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("test");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("No key for the test issuer", e);
        }
    }
}
