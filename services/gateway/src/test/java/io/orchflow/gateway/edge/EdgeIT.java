package io.orchflow.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.SecondGateway;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class EdgeIT {

    /// The status line of the answer to bytes that no proper client would send.
    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(
                            request.replace("PORT", "" + RestAssured.port)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            var bytes = new byte[4096];
            var length = socket.getInputStream().read(bytes);
            var answer = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET /api/auth/me HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n"
            })
    void unknownHostIsMisdirected(String request) throws IOException {
        assertTrue(raw(request).contains(" 421 "), raw(request));
    }

    @Test
    void hostThatIsNoneIsRefused() throws IOException {
        var answer = raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT.evil.example\r\n\r\n");
        assertTrue(answer.contains(" 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"})
    void loopbackNamesAreKnown(String name) throws IOException {
        var answer = raw("GET /api/status HTTP/1.1\r\nHost: " + name + ":PORT\r\n\r\n");
        assertTrue(answer.contains(" 200 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth/../../internal/token",
                "/api/auth/%2e%2e/%2E./internal/token",
                "/api/auth/..%5c..%5cinternal",
                "/api/./workspaces"
            })
    void dotSegmentsAreRefused(String path) throws IOException {
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n");
        assertTrue(answer.contains(" 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/health/ready", "/internal/token"})
    void insidesAreNotRouted(String path) {
        given().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void everyAnswerIsGuarded() {
        given().header("X-Correlation-Id", "abc-123")
                .get("/api/workspaces")
                .then()
                .header("X-Correlation-Id", "abc-123")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", containsString("sandbox"))
                .header("Server", (String) null)
                .body("headers.x-correlation-id", equalTo("abc-123"));
        given().header("X-Correlation-Id", "no spaces please")
                .get("/api/workspaces")
                .then()
                .header("X-Correlation-Id", not(containsString("spaces")))
                .header("X-Correlation-Id", notNullValue());
    }

    @Test
    void pageHasAPolicyAndIsNotImmutable() {
        Sockets.await(() -> given().get("/api/status").path("state").equals("ready"));
        var page =
                given().header("Accept", "text/html")
                        .get("/")
                        .then()
                        .statusCode(200)
                        .header("Cache-Control", "no-cache")
                        .header(
                                "Content-Security-Policy",
                                allOf(
                                        containsString("default-src 'none'"),
                                        containsString("script-src 'self' 'sha256-"),
                                        not(containsString("script-src 'self' 'unsafe"))))
                        .extract()
                        .asString();
        var script = page.replaceAll("(?s).*?(/_app/immutable/entry/start[^\"]*).*", "$1");
        given().get(script)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"));
        given().get("/favicon.svg").then().statusCode(200).header("Cache-Control", "no-cache");
        given().header("Accept", "text/html").get("/some/screen").then().statusCode(200);
        given().get("/missing.js").then().statusCode(404);
    }

    @Test
    void statusNamesEveryService() {
        given().get("/api/status")
                .then()
                .statusCode(200)
                .body("services.name", hasItems("auth", "orchestration", "terminal", "workspaces"))
                .body("services.since", hasItems(notNullValue()));
    }

    @Test
    void unknownApiIs404() {
        given().get("/api/nothing").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void longBodiesAre413() {
        var body = new byte[2 * 1024 * 1024 + 1];
        given().body(body)
                .post("/api/conversations")
                .then()
                .statusCode(413)
                .header("Retry-After", notNullValue())
                .contentType("application/problem+json");
        given().body(new byte[1024 * 1024]).post("/api/conversations").then().statusCode(200);
    }

    @Test
    void longChunkedBodiesAre413() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(5000);
            var out = socket.getOutputStream();
            var head =
                    "POST /api/conversations HTTP/1.1\r\nHost: 127.0.0.1:"
                            + RestAssured.port
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < 40; i++) {
                out.write("10000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.write(new byte[0x10000]);
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            var answer = new byte[12];
            assertEquals(12, socket.getInputStream().readNBytes(answer, 0, 12));
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void tooManyRequestsAre429() {
        var few =
                Map.of(
                        "orchflow.gateway.limits.address-rate", "1",
                        "orchflow.gateway.limits.address-burst", "4");
        try (var strict = new SecondGateway(few)) {
            var refused =
                    Stream.generate(() -> given().port(strict.port).get("/api/workspaces"))
                            .limit(30)
                            .filter(answer -> answer.statusCode() == 429)
                            .findFirst()
                            .orElseThrow();
            refused.then()
                    .contentType("application/problem+json")
                    .header("Retry-After", Integer::parseInt, greaterThan(0));
        }
    }
}
