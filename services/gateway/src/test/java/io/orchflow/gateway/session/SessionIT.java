package io.orchflow.gateway.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.FakeAuth;
import io.orchflow.gateway.fake.FakeServices;
import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.SecondGateway;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class SessionIT {

    private static FakeAuth auth() {
        return FakeServices.get().auth;
    }

    private static String origin() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    private static Response login() {
        return given().header("Origin", origin()).body("{}").post("/api/auth/login");
    }

    private static String cookie() {
        return login().then().statusCode(200).extract().cookie(SessionCookie.NAME);
    }

    private static String bearer(Response answer) {
        return answer.then().statusCode(200).extract().path("headers.authorization");
    }

    @AfterEach
    void usualAuth() {
        auth().tokenLife = Duration.ofMinutes(5);
        auth().delay = Duration.ofMillis(1);
    }

    @Test
    void signInMakesAHostOnlyCookieAndKeepsTheGrant() {
        var answer = login().then().statusCode(200);
        answer.header("Orchflow-Grant", nullValue());
        answer.header(
                "Set-Cookie",
                allOf(
                        startsWith(SessionCookie.NAME + "="),
                        containsString("HttpOnly"),
                        containsString("SameSite=Lax"),
                        containsString("Path=/"),
                        not(containsString("Domain")),
                        not(containsString("from=auth"))));
    }

    @Test
    void serviceGetsTheTokenAndNeverTheCookie() {
        given().cookie(SessionCookie.NAME, cookie())
                .cookie("other", "1")
                .header("X-Orchflow-User", "root")
                .header("Orchflow-Internal", "guess")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=evil")
                .get("/api/workspaces")
                .then()
                .statusCode(200)
                .body("service", equalTo("workspaces"))
                .body("headers.authorization", startsWith("Bearer head."))
                .body("headers.x-correlation-id", notNullValue())
                .body("headers.cookie", nullValue())
                .body("headers.x-orchflow-user", nullValue())
                .body("headers.orchflow-internal", nullValue())
                .body("headers.x-forwarded-host", nullValue())
                .body("headers.forwarded", nullValue());
    }

    @Test
    void unknownCookieIsAVisitorAndIsCleared() {
        given().cookie(SessionCookie.NAME, "x".repeat(43))
                .get("/api/workspaces")
                .then()
                .statusCode(200)
                .body("headers.authorization", nullValue())
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void changingCallsWithACookieNeedTheOrigin() {
        var cookie = cookie();
        var mine = given().cookie(SessionCookie.NAME, cookie);
        mine.post("/api/conversations").then().statusCode(403);
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", "http://evil.example")
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/conversations")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:orchflow:problem:foreign-origin"));
        given().cookie(SessionCookie.NAME, cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/conversations")
                .then()
                .statusCode(200);
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", origin())
                .post("/api/conversations")
                .then()
                .statusCode(200);
    }

    @Test
    void loginChecksTheOriginWhenItIsSent() {
        given().header("Origin", "null").post("/api/auth/login").then().statusCode(403);
        given().body("{}").post("/api/auth/login").then().statusCode(200);
    }

    @Test
    void logoutEndsTheSession() {
        var cookie = cookie();
        var before = auth().logouts.get();
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", origin())
                .post("/api/auth/logout")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        assertEquals(before + 1, auth().logouts.get());
        given().cookie(SessionCookie.NAME, cookie)
                .get("/api/workspaces")
                .then()
                .body("headers.authorization", nullValue());
    }

    /// Tokens that live 30 s are never fresh enough to keep, so that every request must exchange.
    @Test
    void manyRequestsOnTwoGatewaysNeverReuseARefreshToken() throws Exception {
        auth().tokenLife = Duration.ofSeconds(30);
        auth().delay = Duration.ofMillis(30);
        var cookie = cookie();
        try (var second = new SecondGateway(Map.of());
                var threads = Executors.newFixedThreadPool(16)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 60; i++) {
                var port = i % 2 == 0 ? RestAssured.port : second.port;
                calls.add(() -> authorised(port, cookie));
            }
            for (var status : threads.invokeAll(calls)) {
                assertEquals(200, status.get());
            }
        }
        assertEquals(0, auth().reuses.get());
    }

    private static int authorised(int port, String cookie) {
        var answer = given().port(port).cookie(SessionCookie.NAME, cookie).get("/api/workspaces");
        return answer.path("headers.authorization") == null ? 401 : answer.statusCode();
    }

    @Test
    void requestsShareOneExchange() throws Exception {
        var cookie = cookie();
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", origin())
                .header("Test-Orchflow-Caller-Changed", "true")
                .post("/api/auth/teams")
                .then()
                .statusCode(200)
                .header("Orchflow-Caller-Changed", nullValue());
        auth().delay = Duration.ofMillis(300);
        var before = auth().exchanges.get();
        try (var threads = Executors.newFixedThreadPool(12)) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 12; i++) {
                calls.add(() -> authorised(RestAssured.port, cookie));
            }
            for (var status : threads.invokeAll(calls)) {
                assertEquals(200, status.get());
            }
        }
        assertEquals(before + 1, auth().exchanges.get());
    }

    @Test
    void changedCallerGetsANewToken() {
        var cookie = cookie();
        var first = bearer(given().cookie(SessionCookie.NAME, cookie).get("/api/workspaces"));
        var kept = bearer(given().cookie(SessionCookie.NAME, cookie).get("/api/workspaces"));
        assertEquals(first, kept);
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", origin())
                .header("Test-Orchflow-Caller-Changed", "true")
                .post("/api/auth/teams");
        var next = bearer(given().cookie(SessionCookie.NAME, cookie).get("/api/workspaces"));
        assertNotEquals(first, next);
    }

    @Test
    void everySessionAndTokenOfAPersonIsToldAtOnceOnEveryGateway() {
        var cookie = cookie();
        var other = cookie();
        var pat = auth().newPersonalToken();
        try (var second = new SecondGateway(Map.of())) {
            var first = seen(second, other, pat);
            assertEquals(first, seen(second, other, pat));

            given().cookie(SessionCookie.NAME, cookie)
                    .header("Origin", origin())
                    .header("Test-Orchflow-Caller-Changed", "true")
                    .post("/api/auth/teams")
                    .then()
                    .statusCode(200);
            var next = seen(second, other, pat);
            for (int i = 0; i < first.size(); i++) {
                assertNotEquals(first.get(i), next.get(i));
            }
            assertEquals(next, seen(second, other, pat));

            given().cookie(SessionCookie.NAME, cookie)
                    .header("Origin", origin())
                    .header("Test-Orchflow-People-Changed", "somebody, another")
                    .post("/api/auth/teams")
                    .then()
                    .header("Orchflow-People-Changed", nullValue());
            assertEquals(next, seen(second, other, pat));
            given().cookie(SessionCookie.NAME, cookie)
                    .header("Origin", origin())
                    .header("Test-Orchflow-People-Changed", "somebody, user-1")
                    .post("/api/auth/teams");
            assertNotEquals(next.getFirst(), seen(second, other, pat).getFirst());
        }
    }

    /// The access tokens that services get from a session and a token, by either gateway.
    private static List<String> seen(SecondGateway second, String cookie, String pat) {
        return Stream.of(RestAssured.port, second.port)
                .flatMap(
                        port ->
                                Stream.of(
                                                given().cookie(SessionCookie.NAME, cookie),
                                                given().header("Authorization", "Bearer " + pat))
                                        .map(r -> bearer(r.port(port).get("/api/workspaces"))))
                .toList();
    }

    /// What auth answers was true when it was asked: a change during the exchange is not missed.
    @Test
    void aChangeWhileATokenIsExchangedLeadsToAnother() throws Exception {
        var cookie = cookie();
        var other = cookie();
        auth().delay = Duration.ofMillis(600);
        given().cookie(SessionCookie.NAME, cookie)
                .header("Origin", origin())
                .header("Test-Orchflow-Caller-Changed", "true")
                .post("/api/auth/teams");
        var before = auth().exchanges.get();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = auth().asked.get();
            var answer = threads.submit(() -> authorised(RestAssured.port, other));
            assertTrue(Sockets.await(() -> auth().asked.get() == calls + 1));
            auth().delay = Duration.ofMillis(1);
            given().cookie(SessionCookie.NAME, cookie)
                    .header("Origin", origin())
                    .header("Test-Orchflow-Caller-Changed", "true")
                    .post("/api/auth/teams");
            assertEquals(200, answer.get());
        }
        assertEquals(before + 3, auth().exchanges.get(), "one each, and the first one again");
        assertEquals(0, auth().reuses.get());
    }

    @Test
    void personalTokenIsExchangedOnceAndDroppedWhenRevoked() {
        var token = auth().newPersonalToken();
        var sid = auth().sessionOf(token);
        var before = auth().exchanges.get();
        for (int i = 0; i < 5; i++) {
            given().header("Authorization", "Bearer " + token)
                    .post("/api/conversations")
                    .then()
                    .statusCode(200)
                    .body("headers.authorization", startsWith("Bearer head."));
        }
        assertEquals(before + 1, auth().exchanges.get());
        auth().revokePersonal(token);
        given().cookie(SessionCookie.NAME, cookie())
                .header("Origin", origin())
                .header("Test-Orchflow-Grants-Revoked", sid)
                .delete("/api/auth/personal-access-tokens/1")
                .then()
                .statusCode(200)
                .header("Orchflow-Grants-Revoked", nullValue());
        given().header("Authorization", "Bearer " + token)
                .get("/api/workspaces")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
    }

    @Test
    void tokenNeverGetsTheAnswerThatItsPersonOrAnotherTokenGot() {
        var key = UUID.randomUUID().toString();
        var person = given().cookie(SessionCookie.NAME, cookie()).header("Origin", origin());
        var mine = created(person, key);
        var token = auth().newPersonalToken();
        var first = created(bearing(token), key);
        assertNotEquals(mine, first);
        assertEquals(first, created(bearing(token), key));
        assertNotEquals(first, created(bearing(auth().newPersonalToken()), key));
    }

    private static RequestSpecification bearing(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String created(RequestSpecification request, String key) {
        var answer =
                request.header("Idempotency-Key", key).body("{}").post("/api/workspaces/create");
        return answer.then().statusCode(202).extract().path("headers.authorization");
    }

    @Test
    void badBearerIs401EvenWithAGoodCookie() {
        given().cookie(SessionCookie.NAME, cookie())
                .header("Authorization", "Basic abc")
                .get("/api/workspaces")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }
}
