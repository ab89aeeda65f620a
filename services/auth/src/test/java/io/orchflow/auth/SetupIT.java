package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.someEmail;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The first account, and the closed door behind it.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_SETUP_CODE", value = "open-sesame")
        })
class SetupIT {

    @Test
    void theFirstNeedsTheCodeAndTheOthersAnInvitation() {
        given().get("/internal/accounts").then().statusCode(200).body("any", equalTo(false));
        closed(Api.register(someEmail(), PASSWORD, "Ada"), "setup-code");
        closed(register(someEmail(), "wrong"), "setup-code");

        var ada = Api.person(register(someEmail(), "open-sesame"));

        given().get("/internal/accounts").then().body("any", equalTo(true));
        closed(register(someEmail(), "open-sesame"), "registration-closed");
        closed(Api.register(someEmail(), PASSWORD, "Eve"), "registration-closed");
        var invited = someEmail();
        as(ada).body(Map.of("email", invited, "role", "member"))
                .post("/api/auth/teams/" + ada.teamId() + "/invitations")
                .then()
                .statusCode(201);
        Api.register(invited, PASSWORD, "Grace").then().statusCode(201);
    }

    private static void closed(Response response, String slug) {
        response.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:orchflow:problem:" + slug));
    }

    private static Response register(String email, String code) {
        return given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "email", email,
                                "password", PASSWORD,
                                "displayName", "Ada",
                                "code", code))
                .post("/api/auth/register");
    }
}
