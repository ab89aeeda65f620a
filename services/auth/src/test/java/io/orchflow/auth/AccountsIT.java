package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.login;
import static io.orchflow.auth.Api.person;
import static io.orchflow.auth.Api.register;
import static io.orchflow.auth.Api.someEmail;
import static io.orchflow.auth.Api.somebody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Register, sign in, sign out, me: with open registration.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class AccountsIT {

    @Test
    void registeringMakesAnAccountWithAPersonalTeam() {
        var email = someEmail();

        register("  " + email.toUpperCase(Locale.ROOT) + " ", PASSWORD, "Ada")
                .then()
                .statusCode(201)
                .header("Orchflow-Grant", matchesPattern("ofr_[\\w-]{43}"))
                .body("email", equalTo(email))
                .body("displayName", equalTo("Ada"))
                .body("userId", notNullValue())
                .body("teams.size()", equalTo(1))
                .body("teams[0].name", equalTo("Ada's team"))
                .body("teams[0].role", equalTo("owner"));
    }

    @Test
    void anEmailIsTakenWhateverItsCase() {
        var ada = somebody();

        register(ada.email().toUpperCase(Locale.ROOT), PASSWORD, "Eve")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:orchflow:problem:email-taken"));
    }

    @Test
    void everythingWrongWithARegistrationIsToldAtOnce() {
        register("nobody", "short", " ")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:orchflow:problem:bad-input"))
                .body("errors.field", hasItems("email", "password", "displayName"))
                .body("errors.code", hasItems("malformed", "too-short", "required"))
                .body("errors.message", everyItem(notNullValue()));
    }

    @Test
    void passwordsThatAnybodyWouldTryAreRefused() {
        var email = someEmail();

        for (var weak : new String[] {"password123", "aaaaaaaaaaaa", email, "1234567890"}) {
            register(email, weak, "Ada")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("password"));
        }
    }

    @Test
    void aBodyThatIsNoJsonIsToldApartFromOneOfTheWrongType() {
        given().contentType(ContentType.JSON)
                .body("{\"email\": ")
                .post("/api/auth/register")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].code", equalTo("malformed"));
        given().contentType(ContentType.JSON)
                .body("{\"email\": {\"a\": 1}}")
                .post("/api/auth/register")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("email"))
                .body("errors[0].code", equalTo("wrong-type"));
        given().contentType(ContentType.JSON)
                .post("/api/auth/register")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("required"));
        given().contentType(ContentType.JSON)
                .body("null")
                .post("/api/auth/login")
                .then()
                .statusCode(400);
    }

    @Test
    void whatTheServiceDoesNotTakeIsAProblemToo() {
        given().get("/api/auth/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().delete("/api/auth/login")
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
        given().contentType(ContentType.XML)
                .body("<a/>")
                .post("/api/auth/login")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        given().contentType(ContentType.JSON)
                .body(Map.of("email", "a".repeat(100_000)))
                .post("/api/auth/login")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void signingInNeedsThePassword() {
        var ada = somebody();

        login(ada.email(), PASSWORD)
                .then()
                .statusCode(200)
                .header("Orchflow-Grant", notNullValue());
        login(ada.email(), PASSWORD + "!")
                .then()
                .statusCode(401)
                .header("Orchflow-Grant", nullValue())
                .body("type", equalTo("urn:orchflow:problem:unauthorized"));
        login(someEmail(), PASSWORD).then().statusCode(401);
        login("nobody", PASSWORD).then().statusCode(401);
    }

    @Test
    void signingInIsRefusedForAWhileAfterRepeatedFailures() {
        var ada = somebody();
        for (var i = 0; i < 5; i++) {
            login(ada.email(), "wrong password " + i).then().statusCode(401);
        }

        login(ada.email(), PASSWORD)
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("type", equalTo("urn:orchflow:problem:too-many-requests"));
        login(somebody().email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void meIsWhoTheTokenSays() {
        var ada = somebody();

        as(ada).get("/api/auth/me")
                .then()
                .statusCode(200)
                .body("userId", equalTo(ada.userId()))
                .body("email", equalTo(ada.email()))
                .body("teams.teamId", hasItem(ada.teamId()));
        given().get("/api/auth/me")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"));
        as("nonsense").get("/api/auth/me").then().statusCode(401);
        as(ada.accessToken() + "x").get("/api/auth/me").then().statusCode(401);
    }

    @Test
    void signingOutEndsTheSession() {
        var ada = person(register(someEmail(), PASSWORD, "Ada"));

        as(ada).post("/api/auth/logout")
                .then()
                .statusCode(204)
                .header("Orchflow-Grants-Revoked", not(nullValue()));
        Api.refresh(ada.grant()).then().statusCode(401);
    }

    @Test
    void whetherSomebodyHasRegisteredIsNoSecret() {
        somebody();

        given().get("/internal/accounts").then().statusCode(200).body("any", equalTo(true));
    }
}
