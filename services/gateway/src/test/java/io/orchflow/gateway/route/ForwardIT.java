package io.orchflow.gateway.route;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.FakeServices;
import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class ForwardIT {

    private static FakeServices services() {
        return FakeServices.get();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/auth/me, auth",
        "/api/workspaces/w1/archive?x=%2F, workspaces",
        "/api/terminal/panes?workspaceId=a%20b, terminal",
        "/api/conversations, orchestration",
        "/api/plans/p1, orchestration",
        "/api/swarms, orchestration",
        "/api/approvals, orchestration",
        "/api/orchestration/tickets, orchestration"
    })
    void pathLeadsToItsService(String uri, String service) {
        given().urlEncodingEnabled(false)
                .get(uri)
                .then()
                .statusCode(200)
                .body("service", equalTo(service))
                .body("uri", equalTo(uri));
    }

    @Test
    void eventsAreNotHeldBack() {
        var first = new AtomicLong();
        var started = Instant.now();
        var answered =
                services()
                        .vertx
                        .createHttpClient()
                        .request(
                                HttpMethod.GET,
                                RestAssured.port,
                                "127.0.0.1",
                                "/api/conversations/c1/events")
                        .compose(request -> request.send())
                        .onSuccess(
                                answer ->
                                        answer.handler(
                                                chunk ->
                                                        first.compareAndSet(
                                                                0,
                                                                Duration.between(
                                                                                started,
                                                                                Instant.now())
                                                                        .toMillis())));
        assertEquals(200, Sockets.get(answered).statusCode());
        assertTrue(Sockets.await(() -> first.get() > 0));
        assertTrue(first.get() < 1400, "the first event came after " + first.get() + " ms");
        Sockets.get(answered).request().reset();
    }

    @Test
    void stalledReaderStopsTheService() {
        services().floodBytes.set(0);
        var answered =
                services()
                        .vertx
                        .createHttpClient()
                        .request(HttpMethod.GET, RestAssured.port, "127.0.0.1", "/api/swarms/big")
                        .compose(request -> request.send())
                        .onSuccess(answer -> answer.pause());
        var answer = Sockets.get(answered);
        var before = new AtomicLong(-1);
        assertTrue(
                Sockets.await(
                        () -> {
                            var last = before.getAndSet(services().floodBytes.get());
                            LockSupport.parkNanos(500_000_000);
                            return last > 0 && last == services().floodBytes.get();
                        }),
                "the service still writes");
        assertTrue(before.get() < 40L << 20, "the service wrote " + before.get() + " bytes");
        answer.request().reset();
    }

    @Test
    void serviceThatIsDownIsNamed() {
        services().stopWorkspaces();
        try {
            given().get("/api/workspaces")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("service", equalTo("workspaces"));
            given().get("/api/conversations").then().statusCode(200);
        } finally {
            services().startWorkspaces();
        }
        given().get("/api/workspaces").then().statusCode(200);
    }

    @Test
    void serviceThatGoesDownIsNamed() {
        var key = UUID.randomUUID().toString();
        var calls =
                List.of(
                        given().get("/api/workspaces/going-down"),
                        given().body("{}").post("/api/workspaces/going-down"),
                        given().header("Idempotency-Key", key)
                                .body("{}")
                                .post("/api/workspaces/going-down"),
                        given().header("Connection", "Upgrade")
                                .header("Upgrade", "websocket")
                                .header("Sec-WebSocket-Version", "13")
                                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                                .get("/api/terminal/going-down"));
        for (var call : calls) {
            call.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", notNullValue())
                    .body("service", notNullValue());
        }
    }

    @Test
    void serviceThatIsCutOffIsA503() {
        given().body("{}")
                .post("/api/workspaces/cut")
                .then()
                .statusCode(503)
                .body("service", equalTo("workspaces"));
    }

    @Test
    void sameKeyHappensOnce() {
        var key = UUID.randomUUID().toString();
        var before = services().created.get();
        var first =
                given().header("Idempotency-Key", key)
                        .body("{\"a\":1}")
                        .post("/api/workspaces/create");
        var second =
                given().header("Idempotency-Key", key)
                        .body("{\"a\":1}")
                        .post("/api/workspaces/create");
        first.then().statusCode(202).header("Location", "/made");
        second.then().statusCode(202).header("Location", "/made");
        assertEquals(first.asString(), second.asString());
        assertEquals(before + 1, services().created.get());
        given().header("Idempotency-Key", key)
                .body("{\"a\":2}")
                .post("/api/workspaces/create")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("different-body"));
        given().header("Idempotency-Key", key + "2")
                .body("{\"a\":1}")
                .post("/api/workspaces/create")
                .then()
                .statusCode(202);
        assertEquals(before + 2, services().created.get());
    }

    @Test
    void repeatsWaitForTheFirst() throws Exception {
        var key = UUID.randomUUID().toString();
        var before = services().created.get();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                calls.add(
                        () ->
                                given().header("Idempotency-Key", key)
                                        .body("{}")
                                        .post("/api/workspaces/slow")
                                        .statusCode());
            }
            for (var status : threads.invokeAll(calls)) {
                assertEquals(200, status.get());
            }
        }
        assertEquals(before + 1, services().created.get());
    }

    @Test
    void effectOutlivesItsCaller() {
        var key = UUID.randomUUID().toString();
        var before = services().created.get();
        services()
                .vertx
                .createHttpClient()
                .request(HttpMethod.POST, RestAssured.port, "127.0.0.1", "/api/workspaces/slow")
                .onSuccess(
                        request -> {
                            request.putHeader("Idempotency-Key", key).end("{}");
                            services().vertx.setTimer(300, _ -> request.reset());
                        });
        assertTrue(Sockets.await(() -> services().created.get() == before + 1));
        given().header("Idempotency-Key", key)
                .body("{}")
                .post("/api/workspaces/slow")
                .then()
                .statusCode(200);
        assertEquals(before + 1, services().created.get());
    }

    @Test
    void unknownOutcomeIsNotDoneAgain() {
        var key = UUID.randomUUID().toString();
        given().header("Idempotency-Key", key)
                .body("{}")
                .post("/api/workspaces/cut")
                .then()
                .statusCode(503);
        given().header("Idempotency-Key", key)
                .body("{}")
                .post("/api/workspaces/cut")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:outcome-unknown"));
    }

    @Test
    void badKeyIs400() {
        given().header("Idempotency-Key", "with space")
                .body("{}")
                .post("/api/workspaces/create")
                .then()
                .statusCode(400);
    }

    @Test
    void bodyForAuthIsShort() {
        var fits = new byte[64 * 1024];
        given().body(fits).post("/api/auth/teams").then().statusCode(200);
        var paths = List.of("/api/auth/teams", "/api/auth/login", "/api/auth/register");
        for (var path : paths) {
            for (var bytes : List.of(64 * 1024 + 1, 1024 * 1024)) {
                given().body(new byte[bytes])
                        .post(path)
                        .then()
                        .statusCode(413)
                        .contentType("application/problem+json")
                        .header("Retry-After", notNullValue());
            }
        }
    }

    @Test
    void bigBodyIsStreamed() {
        var body = Buffer.buffer(new byte[1_900_000]);
        given().body(body.getBytes()).post("/api/workspaces/upload").then().statusCode(200);
        assertTrue(services().uploadedBytes.get() >= 1_900_000);
    }
}
