package io.orchflow.gateway.status;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The app's page and files, as a browser gets them.
@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class PageIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern START = Pattern.compile("/_app/immutable/entry/app[^\"]*");

    @BeforeEach
    void everythingIsReady() {
        assertTrue(Sockets.await(() -> given().get("/api/status").path("state").equals("ready")));
    }

    private static HttpResponse<byte[]> call(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + RestAssured.port + path);
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(String path, String... headers)
            throws IOException, InterruptedException {
        return call("GET", path, headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String script() throws IOException, InterruptedException {
        var page = new String(get("/").body(), StandardCharsets.UTF_8);
        var found = START.matcher(page);
        assertTrue(found.find(), page);
        return found.group();
    }

    @Test
    void filesComePackedAsTheClientTakesThem() throws Exception {
        for (var path : new String[] {script(), "/"}) {
            var plain = get(path);
            var brotli = get(path, "Accept-Encoding", "gzip, deflate, br, zstd");
            var gzip = get(path, "Accept-Encoding", "gzip, br;q=0");

            assertEquals("", header(plain, "Content-Encoding"));
            assertEquals("br", header(brotli, "Content-Encoding"));
            assertEquals("gzip", header(gzip, "Content-Encoding"));
            for (var answer : new HttpResponse<?>[] {plain, brotli, gzip}) {
                assertEquals(200, answer.statusCode());
                assertEquals("Accept-Encoding", header(answer, "Vary"));
                assertEquals(header(plain, "Content-Type"), header(answer, "Content-Type"));
            }
            assertTrue(brotli.body().length < gzip.body().length);
            assertTrue(gzip.body().length < plain.body().length);
            var unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body()));
            assertArrayEquals(plain.body(), unpacked.readAllBytes());
        }
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        for (var path : new String[] {script(), "/", "/favicon.svg"}) {
            var first = get(path, "Accept-Encoding", "br");
            var etag = header(first, "ETag");
            var again = get(path, "Accept-Encoding", "br", "If-None-Match", "\"other\", W/" + etag);

            assertTrue(etag.startsWith("\""), etag);
            assertEquals(304, again.statusCode());
            assertEquals(0, again.body().length);
            for (var name : new String[] {"ETag", "Cache-Control", "Content-Security-Policy"}) {
                assertEquals(header(first, name), header(again, name), name);
            }
            assertEquals(200, get(path, "If-None-Match", "\"other\"").statusCode());
        }
        assertNotEquals(
                header(get("/"), "ETag"), header(get("/", "Accept-Encoding", "br"), "ETag"));
    }

    @Test
    void headTellsTheSameWithoutTheBytes() throws Exception {
        for (var path : new String[] {script(), "/", "/favicon.svg"}) {
            var got = get(path, "Accept-Encoding", "gzip");
            var head = call("HEAD", path, "Accept-Encoding", "gzip");

            assertEquals(200, head.statusCode());
            assertEquals(0, head.body().length);
            assertEquals("" + got.body().length, header(head, "Content-Length"));
            for (var name : new String[] {"ETag", "Content-Type", "Cache-Control"}) {
                assertEquals(header(got, name), header(head, name), name);
            }
        }
    }

    @Test
    void onlyNamesWithADigestAreKeptForever() throws Exception {
        var script = get(script());
        assertEquals("text/javascript; charset=utf-8", header(script, "Content-Type"));
        assertEquals("public, max-age=31536000, immutable", header(script, "Cache-Control"));
        for (var path : new String[] {"/", "/index.html", "/_app/version.json", "/favicon.svg"}) {
            var answer = get(path);
            assertEquals(200, answer.statusCode(), path);
            assertEquals("no-cache", header(answer, "Cache-Control"), path);
        }
        assertEquals("application/json", header(get("/_app/version.json"), "Content-Type"));
        assertEquals("image/svg+xml", header(get("/favicon.svg"), "Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_app/immutable/chunks/gone.js", "/_app/", "/_app/immutable/chunks"})
    void aFileOfAnOlderBuildIs404AndNeverThePage(String path) throws Exception {
        for (var accept : new String[] {"*/*", "text/html"}) {
            var answer = get(path, "Accept", accept);
            assertEquals(404, answer.statusCode());
            assertEquals("application/problem+json", header(answer, "Content-Type"));
            assertEquals("no-store", header(answer, "Cache-Control"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/w/abc/swarms/def?task=x",
                "/w/abc/files/src/main.ts",
                "/w/abc",
                "/settings/",
                "/index.html?x=1"
            })
    void deepLinksLeadToThePage(String path) throws Exception {
        var page = get("/");
        var linked = get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertEquals(200, linked.statusCode());
        assertEquals("text/html; charset=utf-8", header(linked, "Content-Type"));
        assertArrayEquals(page.body(), linked.body());
        assertEquals(header(page, "ETag"), header(linked, "ETag"));
    }

    @Test
    void thePageMayRegisterItsWorkerAndLoadItsManifestAndFonts() throws Exception {
        var page = header(get("/"), "Content-Security-Policy");
        for (var part : new String[] {"worker-src 'self';", "manifest-src 'self';"}) {
            assertTrue(page.contains(part), page);
        }
        assertTrue(page.contains("font-src 'self'"), page);
        assertTrue(page.contains("connect-src 'self'"), page);
        assertFalse(page.contains("worker-src 'self' blob:"), page);

        var worker = header(get(script()), "Content-Security-Policy");
        assertTrue(worker.contains("connect-src 'self'"), worker);
        assertFalse(worker.contains("sandbox"), worker);
        assertTrue(header(get("/"), "Permissions-Policy").contains("clipboard-write=(self)"));
    }

    @Test
    void apiAnswersAreNeverPacked() throws Exception {
        for (var path : new String[] {"/api/workspaces", "/api/status"}) {
            var answer = get(path, "Accept-Encoding", "gzip, br");
            assertEquals(200, answer.statusCode());
            assertEquals("", header(answer, "Content-Encoding"));
        }
    }
}
