package io.orchflow.gateway.idempotency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.orchflow.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerSealTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private static IdempotencyKey key(String client) {
        return IdempotencyKey.of("user:1", "/api/x", client, BODY);
    }

    @Test
    void opensOnlyWithTheClientsKeyAndTheSecret() {
        var seal = new AnswerSeal("secret");
        var plain = "token shown once".getBytes(StandardCharsets.UTF_8);
        var sealed = seal.seal(key("a"), plain);
        assertArrayEquals(plain, seal.open(key("a"), sealed));
        assertNotEquals(sealed, seal.seal(key("a"), plain));
        assertThrows(IllegalStateException.class, () -> seal.open(key("b"), sealed));
        assertThrows(
                IllegalStateException.class, () -> new AnswerSeal("other").open(key("a"), sealed));
    }

    @Test
    void answerIsKeptWhole() {
        var headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add("Content-Type", "application/json")
                        .add("ETag", "\"1\"")
                        .add("Set-Cookie", "secret=1");
        var answer = StoredAnswer.of(201, headers, Buffer.buffer(new byte[] {0, -1, 10}));
        assertEquals(Map.of("Content-Type", "application/json", "ETag", "\"1\""), answer.headers());
        assertEquals(answer, StoredAnswer.fromBytes(answer.toBytes()));
    }

    @Test
    void keyIsOfPrincipalPathAndClient() {
        var key = key("a");
        assertEquals(key, key("a"));
        assertNotEquals(key.row(), IdempotencyKey.of("user:2", "/api/x", "a", BODY).row());
        assertNotEquals(key.row(), IdempotencyKey.of("user:1", "/api/y", "a", BODY).row());
        assertNotEquals(
                key.request(), IdempotencyKey.of("user:1", "/api/x", "a", new byte[0]).request());
        assertFalse(key("my-client-key").row().contains("my-client-key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é", "a\u0000"})
    void keyHasVisibleCharacters(String client) {
        assertThrows(ProblemException.class, () -> key(client));
    }
}
