package io.orchflow.gateway.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WholeAnswerTest {

    private static final int LENGTH = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void startServer() throws Exception {
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.response()
                                                .setStatusCode(201)
                                                .putHeader("X-Test", "yes")
                                                .end("x".repeat(LENGTH)));
        port = get(server.listen(0, "127.0.0.1")).actualPort();
    }

    @AfterEach
    void stopServer() throws Exception {
        get(vertx.close());
    }

    @Test
    void anAnswerThatIsThereBeforeAnybodyWaitsForItIsWhole() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpClientRequest request =
                    get(vertx.createHttpClient().request(HttpMethod.POST, port, "127.0.0.1", "/"));
            var answer = WholeAnswer.to(request, Buffer.buffer("{}"));
            // The answer comes meanwhile, and nobody waits for it yet.
            Thread.sleep(10);
            var whole = get(answer);
            assertEquals(201, whole.status());
            assertEquals("yes", whole.headers().get("x-test"));
            assertEquals(LENGTH, whole.body().length());
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
