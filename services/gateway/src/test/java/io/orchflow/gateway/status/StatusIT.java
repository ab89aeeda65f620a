package io.orchflow.gateway.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.FakeServices;
import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.SecondGateway;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class StatusIT {

    private static final Duration FAST = Duration.ofMillis(100);
    private static final int CALLS = 50;

    /// A service whose readiness hangs from some moment on.
    private static final class Hanging implements AutoCloseable {

        private final io.vertx.core.http.HttpServer server;
        final AtomicInteger probes = new AtomicInteger();
        volatile boolean hangs;

        Hanging() {
            server =
                    Sockets.get(
                            FakeServices.get()
                                    .vertx
                                    .createHttpServer()
                                    .requestHandler(
                                            request -> {
                                                probes.incrementAndGet();
                                                if (!hangs) {
                                                    request.response().end("{}");
                                                }
                                            })
                                    .listen(0, "127.0.0.1"));
        }

        String url() {
            return "http://127.0.0.1:" + server.actualPort();
        }

        @Override
        public void close() {
            Sockets.get(server.close());
        }
    }

    @Test
    void aServiceThatHangsIsToldOfAtOnceAndNotAskedByTheCaller() {
        try (var terminal = new Hanging();
                var gateway = new SecondGateway(Map.of("ORCHFLOW_TERMINAL_URL", terminal.url()))) {
            assertTrue(Sockets.await(() -> state(gateway).equals("ready")));
            terminal.hangs = true;
            assertTrue(Sockets.await(() -> state(gateway).equals("degraded")));

            given().port(gateway.port)
                    .get("/api/status")
                    .then()
                    .statusCode(200)
                    .body("services.find { it.name == 'terminal' }.ready", equalTo(false))
                    .body("services.find { it.name == 'auth' }.ready", equalTo(true));

            var probes = terminal.probes.get();
            var begun = Instant.now();
            for (int i = 0; i < CALLS; i++) {
                given().port(gateway.port).get("/api/status").then().statusCode(200);
            }
            var took = Duration.between(begun, Instant.now());
            assertTrue(took.compareTo(FAST.multipliedBy(CALLS)) < 0, CALLS + " took " + took);
            assertTrue(terminal.probes.get() - probes <= 3, "Callers make probes");

            terminal.hangs = false;
            assertTrue(Sockets.await(() -> state(gateway).equals("ready")));
        }
    }

    @Test
    void thePageOfThisBuildHasAnId() {
        assertTrue(Sockets.await(() -> given().get("/api/status").path("state").equals("ready")));
        String page = given().get("/api/status").path("page");
        assertTrue(page.matches("[0-9a-f]{32}"), page);
        var etag = given().get("/").header("ETag");
        assertTrue(etag.startsWith("\"" + page), etag);
    }

    private static String state(SecondGateway gateway) {
        return given().port(gateway.port).get("/api/status").path("state");
    }
}
