package io.orchflow.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/// Calls the service as the gateway does.
final class Api {

    static final String INTERNAL = "test-internal-secret";
    static final String PASSWORD = "correct horse battery staple";

    private Api() {}

    /// Somebody who has registered.
    record Person(String userId, String teamId, String email, String grant, String accessToken) {}

    /// An e-mail address that nobody had before.
    static String someEmail() {
        return "p-" + UUID.randomUUID() + "@example.org";
    }

    static Person somebody() {
        return person(register(someEmail(), PASSWORD, "Ada"));
    }

    static Response register(String email, String password, String displayName) {
        return post("/api/auth/register")
                .body(Map.of("email", email, "password", password, "displayName", displayName))
                .post();
    }

    static Response login(String email, String password) {
        return post("/api/auth/login").body(Map.of("email", email, "password", password)).post();
    }

    static Person person(Response registered) {
        registered.then().statusCode(201);
        var grant = registered.header("Orchflow-Grant");
        var exchange = refresh(grant);
        exchange.then().statusCode(200);
        return new Person(
                registered.path("userId"),
                registered.path("teams[0].teamId"),
                registered.path("email"),
                exchange.path("refreshToken"),
                exchange.path("accessToken"));
    }

    static Response refresh(String refreshToken) {
        return internal(Map.of("refreshToken", refreshToken));
    }

    static Response internal(Map<String, String> credential) {
        return post("/internal/token")
                .header("Orchflow-Internal", INTERNAL)
                .body(credential)
                .post();
    }

    static RequestSpecification as(Person person) {
        return as(person.accessToken());
    }

    static RequestSpecification as(String accessToken) {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + accessToken);
    }

    private static RequestSpecification post(String path) {
        return given().basePath(path).contentType(ContentType.JSON);
    }
}
