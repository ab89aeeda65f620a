package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.login;
import static io.orchflow.auth.Api.refresh;
import static io.orchflow.auth.Api.register;
import static io.orchflow.auth.Api.someEmail;
import static io.orchflow.auth.Api.somebody;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Teams, invitations and members.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class TeamsIT {

    @Test
    void whoeverFoundsATeamOwnsIt() {
        var ada = somebody();

        var founded = as(ada).body(Map.of("name", " Engines ")).post("/api/auth/teams");

        founded.then()
                .statusCode(201)
                .header("Orchflow-Caller-Changed", equalTo("true"))
                .body("name", equalTo("Engines"))
                .body("role", equalTo("owner"));
        as(ada).get("/api/auth/teams/" + founded.path("teamId") + "/members")
                .then()
                .statusCode(200)
                .body("userId", contains(ada.userId()))
                .body("role", contains("owner"));
        as(ada).get("/api/auth/me").then().body("teams.name", hasItems("Ada's team", "Engines"));
    }

    @Test
    void aTeamNeedsAName() {
        as(somebody())
                .body(Map.of("name", " "))
                .post("/api/auth/teams")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("name"));
    }

    @Test
    void registeringWithAnInvitedEmailJoinsTheTeam() {
        var ada = somebody();
        var email = someEmail();
        invite(ada, ada.teamId(), email.toUpperCase(Locale.ROOT), "member")
                .then()
                .statusCode(201)
                .body("email", equalTo(email))
                .body("role", equalTo("member"));

        register(email, PASSWORD, "Grace")
                .then()
                .statusCode(201)
                .body("teams.teamId", hasItem(ada.teamId()))
                .body("teams.role", containsInAnyOrder("owner", "member"));
        as(ada).get("/api/auth/teams/" + ada.teamId() + "/members")
                .then()
                .body("displayName", containsInAnyOrder("Ada", "Grace"));
    }

    @Test
    void signingInWithAnInvitedEmailJoinsTheTeam() {
        var ada = somebody();
        var grace = somebody();
        invite(ada, ada.teamId(), grace.email(), "viewer").then().statusCode(201);

        login(grace.email(), PASSWORD)
                .then()
                .statusCode(200)
                .body("teams.teamId", containsInAnyOrder(grace.teamId(), ada.teamId()));
    }

    @Test
    void anInvitationIsAcceptedOnceAndOnlyByWhomItIsFor() {
        var ada = somebody();
        var grace = somebody();
        String id = invite(ada, ada.teamId(), grace.email(), "admin").path("id");
        var accept = "/api/auth/invitations/" + id + "/accept";

        as(somebody()).post(accept).then().statusCode(404);
        as(grace)
                .post(accept)
                .then()
                .statusCode(200)
                .header("Orchflow-Caller-Changed", equalTo("true"))
                .body("teamId", equalTo(ada.teamId()))
                .body("role", equalTo("admin"));
        as(grace)
                .post(accept)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:invitation-closed"));
        String token = refresh(grace.grant()).path("accessToken");
        as(token).get("/api/auth/teams/" + ada.teamId() + "/members").then().statusCode(200);
    }

    @Test
    void nobodyIsInvitedTwice() {
        var ada = somebody();
        var grace = somebody();
        invite(ada, ada.teamId(), grace.email(), "member").then().statusCode(201);

        invite(ada, ada.teamId(), grace.email(), "admin")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:already-invited"));
        invite(ada, ada.teamId(), ada.email(), "member")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:already-member"));
        as(ada).get("/api/auth/teams/" + ada.teamId() + "/invitations")
                .then()
                .statusCode(200)
                .body("email", contains(grace.email()));
    }

    @Test
    void invitationsComeInPages() {
        var ada = somebody();
        var emails = List.of(someEmail(), someEmail(), someEmail());
        emails.forEach(e -> invite(ada, ada.teamId(), e, "member").then().statusCode(201));
        var path = "/api/auth/teams/" + ada.teamId() + "/invitations";

        var first = as(ada).get(path + "?limit=2");

        first.then()
                .statusCode(200)
                .header("Link", containsString("rel=\"next\""))
                .body("email", contains(emails.get(0), emails.get(1)));
        as(ada).get(path + "?limit=2&after=" + first.path("id[1]"))
                .then()
                .header("Link", nullValue())
                .body("email", contains(emails.get(2)));
        as(ada).get(path + "?limit=0").then().statusCode(400);
        as(ada).queryParam("after", "a\0b").get(path).then().statusCode(400);
    }

    @Test
    void membersComeInTheOrderInWhichTheyJoined() {
        var oldest = somebody();
        var ada = somebody();
        var youngest = somebody();
        for (var one : List.of(youngest, oldest)) {
            invite(ada, ada.teamId(), one.email(), "member").then().statusCode(201);
            login(one.email(), PASSWORD).then().statusCode(200);
        }
        var path = "/api/auth/teams/" + ada.teamId() + "/members";

        as(ada).get(path)
                .then()
                .body("userId", contains(ada.userId(), youngest.userId(), oldest.userId()));
        as(ada).get(path + "?limit=1&after=" + ada.userId())
                .then()
                .header("Link", containsString("after=" + youngest.userId()))
                .body("userId", contains(youngest.userId()));
        as(ada).get(path + "?limit=1&after=" + youngest.userId())
                .then()
                .header("Link", nullValue())
                .body("userId", contains(oldest.userId()));
    }

    @Test
    void aNameIsATextInJson() {
        var ada = somebody();

        as(ada).body("{\"name\":\"a\\u0000b\"}")
                .post("/api/auth/teams")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("name"));
        as(ada).body("{\"name\":\"a\",\"name\":\"b\"}")
                .post("/api/auth/teams")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        as(ada).contentType("text/plain")
                .body("Engines")
                .post("/api/auth/teams")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void anothersTeamIsUnknown() {
        var ada = somebody();
        var eve = somebody();

        as(eve).get("/api/auth/teams/" + ada.teamId() + "/members").then().statusCode(404);
        invite(eve, ada.teamId(), eve.email(), "owner").then().statusCode(404);
    }

    @Test
    void aMemberMayNotInviteAndAnAdminMakesNoOwner() {
        var ada = somebody();
        var grace = somebody();
        var linus = somebody();
        invite(ada, ada.teamId(), grace.email(), "member").then().statusCode(201);
        invite(ada, ada.teamId(), linus.email(), "admin").then().statusCode(201);
        login(grace.email(), PASSWORD).then().statusCode(200);
        login(linus.email(), PASSWORD).then().statusCode(200);

        invite(grace, ada.teamId(), someEmail(), "viewer").then().statusCode(403);
        invite(linus, ada.teamId(), someEmail(), "owner").then().statusCode(403);
        invite(linus, ada.teamId(), someEmail(), "member").then().statusCode(201);
    }

    @Test
    void whatIsWrongWithAnInvitationIsToldByField() {
        var ada = somebody();

        invite(ada, ada.teamId(), "nobody", "boss")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("role"));
        as(ada).body(Map.of("email", "nobody"))
                .post("/api/auth/teams/" + ada.teamId() + "/invitations")
                .then()
                .statusCode(400)
                .body("errors.field", contains("email", "role"));
    }

    private static Response invite(Api.Person by, String teamId, String email, String role) {
        return as(by).body(Map.of("email", email, "role", role))
                .post("/api/auth/teams/" + teamId + "/invitations");
    }
}
