package io.orchflow.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MappersTest {

    @Test
    void aProblemIsToldAsItWasThrown() {
        fail("conflict")
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:already"))
                .body("title", equalTo("Conflict"))
                .body("status", equalTo(409))
                .body("detail", equalTo("It was so already."))
                .body("$", not(hasKey("errors")));
    }

    @Test
    void whenToTryAgainIsRoundedUpToSeconds() {
        fail("busy").statusCode(429).header("Retry-After", equalTo("2"));
        fail("away").statusCode(503).header("Retry-After", equalTo("3"));
    }

    @Test
    void aProblemInsideAnotherExceptionIsFound() {
        fail("wrapped").statusCode(404).body("detail", equalTo("There is no pane p1."));
    }

    @Test
    void theUnexpectedIsToldByItsCorrelationIdOnly() {
        given().header("X-Correlation-Id", "trace-1")
                .get("/sample/fails/badly")
                .then()
                .statusCode(500)
                .contentType(Problem.MEDIA_TYPE)
                .header("X-Correlation-Id", equalTo("trace-1"))
                .body("correlationId", equalTo("trace-1"))
                .body("detail", not(containsString("secret")));
    }

    @Test
    void aCorrelationIdThatIsNotWellFormedIsReplaced() {
        given().header("X-Correlation-Id", "a b")
                .get("/sample/text")
                .then()
                .header("X-Correlation-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void malformedJsonIsBadInput() {
        post("{\"tasks\": [").statusCode(400).body("errors[0].code", equalTo("malformed"));
        post("").statusCode(400).body("errors[0].code", equalTo("required"));
        post("null").statusCode(400).body("errors[0].code", equalTo("required"));
    }

    @Test
    void aWrongTypeIsToldWithItsPath() {
        post("{\"tasks\": [{\"size\": 1}, {\"size\": \"big\"}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[1].size"))
                .body("errors[0].code", equalTo("wrong-type"));
        post("{\"tasks\": [{\"role\": {}}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[0].role"));
        post("{\"tasks\": 7}").statusCode(400).body("errors[0].field", equalTo("tasks"));
        post("[]").statusCode(400).body("errors[0].code", equalTo("wrong-type"));
    }

    @Test
    void anUnknownEnumValueIsToldWithThoseThatAreKnown() {
        post("{\"tasks\": [{\"colour\": \"BLUE\"}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[0].colour"))
                .body("errors[0].code", equalTo("unknown-value"))
                .body("errors[0].message", containsString("RED, GREEN"));
    }

    @Test
    void whatARecordRefusesIsToldInItsWords() {
        post("{\"tasks\": [{\"size\": -1}]}")
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[0]"))
                .body("errors[0].message", equalTo("size is -1; it is 0 or more."));
    }

    @Test
    void aKeyThatIsThereTwiceIsBadInput() {
        for (var body : List.of("{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":{\"name\":1}}")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/sample/names")
                    .then()
                    .statusCode(400)
                    .contentType(Problem.MEDIA_TYPE)
                    .body("type", equalTo("urn:orchflow:problem:bad-input"));
        }
    }

    @Test
    void aBodyThatIsNotJsonIsRefusedWhereOneIsRead() {
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "text/html")) {
            refused(
                    given().contentType(type).body("raw").post("/sample/names").then(),
                    415,
                    "unsupported-media-type");
            given().contentType(type).body("raw").post("/sample/bodiless").then().statusCode(200);
        }
        for (var type : List.of("application/json;charset=utf-8", "application/merge-patch+json")) {
            given().contentType(type)
                    .body("{\"name\":\"a\"}")
                    .post("/sample/names")
                    .then()
                    .statusCode(200)
                    .body("name", equalTo("a"));
        }
    }

    @Test
    void anOptionalBodyMayBeMissing() {
        given().contentType(ContentType.JSON)
                .post("/sample/optional")
                .then()
                .statusCode(200)
                .body(equalTo("nothing"));
        given().noContentType()
                .post("/sample/optional")
                .then()
                .statusCode(200)
                .body(equalTo("nothing"));
    }

    @Test
    void whatTheServerRefusesByItselfIsAProblemToo() {
        refused(given().get("/sample/nowhere").then(), 404, "not-found");
        refused(given().delete("/sample/plans").then(), 405, "method-not-allowed");
        refused(given().accept("image/png").get("/sample/text").then(), 406, "not-acceptable");
        refused(
                given().contentType(ContentType.XML).body("<a/>").post("/sample/plans").then(),
                415,
                "unsupported-media-type");
    }

    private static void refused(ValidatableResponse response, int status, String slug) {
        response.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:orchflow:problem:" + slug))
                .body("status", equalTo(status));
    }

    private static ValidatableResponse fail(String how) {
        return given().get("/sample/fails/" + how).then().contentType(Problem.MEDIA_TYPE);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/sample/plans")
                .then()
                .contentType(Problem.MEDIA_TYPE);
    }
}
