package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.internal;
import static io.orchflow.auth.Api.login;
import static io.orchflow.auth.Api.refresh;
import static io.orchflow.auth.Api.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What people change about their own account.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class ProfileIT {

    private static final String NEW = "a staple that nobody guesses";

    @Test
    void aNewNameIsSeenAtOnce() {
        var ada = somebody();

        as(ada).body(Map.of("displayName", " Countess "))
                .patch("/api/auth/me")
                .then()
                .statusCode(200)
                .header("Orchflow-Caller-Changed", equalTo("true"))
                .body("displayName", equalTo("Countess"))
                .body("email", equalTo(ada.email()));
        as(ada).get("/api/auth/me").then().body("displayName", equalTo("Countess"));
        for (var bad : new String[] {" ", "a\u0007b", "x".repeat(101)}) {
            as(ada).body(Map.of("displayName", bad))
                    .patch("/api/auth/me")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("displayName"));
        }
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsOnly() {
        var ada = somebody();
        var other = refresh(login(ada.email(), PASSWORD).header("Orchflow-Grant"));

        var changed = change(ada, PASSWORD, NEW);

        changed.then()
                .statusCode(204)
                .header("Orchflow-Grants-Revoked", equalTo(other.<String>path("sessionId")));
        refresh(other.path("refreshToken")).then().statusCode(401);
        refresh(ada.grant()).then().statusCode(200);
        login(ada.email(), PASSWORD).then().statusCode(401);
        login(ada.email(), NEW).then().statusCode(200);
    }

    @Test
    void theCurrentPasswordIsAskedForAndNotToBeGuessed() {
        var ada = somebody();
        for (var i = 0; i < 5; i++) {
            change(ada, "wrong " + i, NEW)
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:orchflow:problem:wrong-password"));
        }
        change(ada, PASSWORD, NEW).then().statusCode(429).header("Retry-After", notNullValue());
        login(ada.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void aWeakPasswordIsRefused() {
        var ada = somebody();
        for (var weak : new String[] {"short", "password123", ada.email(), ""}) {
            change(ada, PASSWORD, weak)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("new"));
        }
        as(ada).body(Map.of("new", NEW))
                .post("/api/auth/password")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("current"));
        login(ada.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void aTokenChangesNeither() {
        var ada = somebody();
        String token =
                as(ada).body(Map.of("name", "ci"))
                        .post("/api/auth/personal-access-tokens")
                        .path("token");
        String access = internal(Map.of("personalAccessToken", token)).path("accessToken");
        assertThat(access).isNotEmpty();

        as(access).body(Map.of("displayName", "Eve")).patch("/api/auth/me").then().statusCode(403);
        as(access)
                .body(Map.of("current", PASSWORD, "new", NEW))
                .post("/api/auth/password")
                .then()
                .statusCode(403);
    }

    private static Response change(Api.Person person, String current, String wanted) {
        return as(person)
                .body(Map.of("current", current, "new", wanted))
                .post("/api/auth/password");
    }
}
