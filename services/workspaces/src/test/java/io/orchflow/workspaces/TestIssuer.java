package io.orchflow.workspaces;

import com.sun.net.httpserver.HttpServer;
import io.orchflow.access.Caller;
import io.orchflow.access.Role;
import io.orchflow.access.TokenSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// Stands where `auth` stands: publishes a key and signs access tokens with it.
public final class TestIssuer implements AutoCloseable {

    private static final String KEY_ID = "test-key";

    private final KeyPair pair;
    private final HttpServer server;

    public TestIssuer() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            var key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setKeyId(KEY_ID);
            var jwks = new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/internal/jwks",
                    exchange -> {
                        var body = jwks.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
        } catch (GeneralSecurityException | JoseException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A person's access token with a session of the same name.
    public String token(String userId, String teamId, Role role) {
        var caller =
                new Caller(
                        userId,
                        userId + " by name",
                        Caller.Kind.USER,
                        Map.of(teamId, role),
                        Set.of(),
                        "session-" + userId);
        return TokenSigner.sign(
                caller,
                KEY_ID,
                (ECPrivateKey) pair.getPrivate(),
                Instant.now(),
                TokenSigner.LONGEST_LIFE);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
