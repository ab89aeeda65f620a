package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.internal;
import static io.orchflow.auth.Api.login;
import static io.orchflow.auth.Api.refresh;
import static io.orchflow.auth.Api.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What the invited see, and what becomes of members.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class MembersIT {

    private static final String PEOPLE_CHANGED = "Orchflow-People-Changed";
    private static final String GRANTS_REVOKED = "Orchflow-Grants-Revoked";

    @Test
    void theInvitedSeeWhoInvitesThemToWhatAndAccept() {
        var ada = somebody();
        var grace = somebody();
        String id = invite(ada, grace.email(), "member").path("id");

        as(grace)
                .get("/api/auth/invitations")
                .then()
                .statusCode(200)
                .body("id", contains(id))
                .body("[0].teamId", equalTo(ada.teamId()))
                .body("[0].teamName", equalTo("Ada's team"))
                .body("[0].role", equalTo("member"))
                .body("[0].invitedBy", equalTo(ada.userId()))
                .body("[0].invitedByName", equalTo("Ada"))
                .body("[0].expiresAt", notNullValue());
        as(somebody()).get("/api/auth/invitations").then().body("", empty());
        as(grace).get("/api/auth/invitations?after=" + id).then().body("", empty());

        as(grace).post("/api/auth/invitations/" + id + "/accept").then().statusCode(200);
        as(grace).get("/api/auth/invitations").then().body("", empty());
    }

    @Test
    void aTokenDoesNotSeeInvitations() {
        as(exchanged(token(somebody()))).get("/api/auth/invitations").then().statusCode(403);
    }

    @Test
    void anInvitationIsTakenBack() {
        var ada = somebody();
        var grace = somebody();
        String id = invite(ada, grace.email(), "member").path("id");
        var path = "/api/auth/teams/" + ada.teamId() + "/invitations/" + id;

        as(grace).delete(path).then().statusCode(404);
        as(grace)
                .delete("/api/auth/teams/" + grace.teamId() + "/invitations/" + id)
                .then()
                .statusCode(404);
        as(ada).delete(path).then().statusCode(204);

        as(grace).get("/api/auth/invitations").then().body("", empty());
        as(grace).post("/api/auth/invitations/" + id + "/accept").then().statusCode(404);
        as(ada).delete(path).then().statusCode(404);
        invite(ada, grace.email(), "viewer").then().statusCode(201);
    }

    @Test
    void anAcceptedInvitationIsNotTakenBack() {
        var ada = somebody();
        var grace = somebody();
        String id = invite(ada, grace.email(), "member").path("id");
        login(grace.email(), PASSWORD).then().header(PEOPLE_CHANGED, equalTo(grace.userId()));

        as(ada).delete("/api/auth/teams/" + ada.teamId() + "/invitations/" + id)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:invitation-closed"));
        login(grace.email(), PASSWORD).then().header(PEOPLE_CHANGED, nullValue());
    }

    @Test
    void aHigherRoleHoldsAtOnceAndCutsNothing() {
        var ada = somebody();
        var grace = joined(ada, "viewer");

        give(ada, ada, grace, "admin")
                .then()
                .statusCode(200)
                .header(PEOPLE_CHANGED, equalTo(grace.userId()))
                .header(GRANTS_REVOKED, nullValue())
                .body("userId", equalTo(grace.userId()))
                .body("role", equalTo("admin"))
                .body("joinedAt", notNullValue());
        invite(grace, ada, Api.someEmail(), "member").then().statusCode(201);
    }

    @Test
    void aLowerRoleRenamesWhatTheMemberHolds() {
        var ada = somebody();
        var grace = joined(ada, "admin");
        var pat = token(grace);
        var session = refresh(grace.grant());
        String tokenBefore = internal(Map.of("personalAccessToken", pat)).path("sessionId");
        String sessionBefore = session.path("sessionId");

        var lowered = give(ada, ada, grace, "viewer");

        lowered.then().statusCode(200).header(PEOPLE_CHANGED, equalTo(grace.userId()));
        assertThat(lowered.header(GRANTS_REVOKED).split(",")).contains(sessionBefore, tokenBefore);
        var after = refresh(session.path("refreshToken"));
        after.then().statusCode(200);
        assertThat(after.<String>path("sessionId")).isNotEqualTo(sessionBefore);
        var tokenAfter = internal(Map.of("personalAccessToken", pat));
        assertThat(tokenAfter.<String>path("sessionId")).isNotEqualTo(tokenBefore);
        invite(grace, ada, Api.someEmail(), "viewer").then().statusCode(403);

        as(after.<String>path("accessToken"))
                .post("/api/auth/logout")
                .then()
                .statusCode(204)
                .header(GRANTS_REVOKED, equalTo(after.<String>path("sessionId")));
        refresh(after.path("refreshToken")).then().statusCode(401);
    }

    @Test
    void whoIsRemovedIsOutAndKeepsTheirOwn() {
        var ada = somebody();
        var grace = joined(ada, "member");
        String session = refresh(grace.grant()).path("sessionId");

        var removed = as(ada).delete(path(ada, grace));

        removed.then().statusCode(204).header(PEOPLE_CHANGED, equalTo(grace.userId()));
        assertThat(removed.header(GRANTS_REVOKED)).contains(session);
        as(grace).get("/api/auth/teams/" + ada.teamId() + "/members").then().statusCode(404);
        as(grace).get("/api/auth/me").then().body("teams.teamId", contains(grace.teamId()));
        as(ada).delete(path(ada, grace)).then().statusCode(404);
        invite(ada, grace.email(), "member").then().statusCode(201);
    }

    @Test
    void anybodyLeavesButOnlyAnAdminRemovesOthers() {
        var ada = somebody();
        var grace = joined(ada, "member");
        var linus = joined(ada, "admin");

        as(grace).delete(path(ada, linus)).then().statusCode(403);
        give(grace, ada, grace, "admin").then().statusCode(403);
        as(linus).delete(path(ada, ada)).then().statusCode(403);
        give(linus, ada, ada, "viewer").then().statusCode(403);
        give(linus, ada, grace, "owner").then().statusCode(403);
        as(somebody()).delete(path(ada, grace)).then().statusCode(404);
        give(somebody(), ada, grace, "viewer").then().statusCode(404);
        give(ada, ada, somebody(), "viewer").then().statusCode(404);
        as(grace).delete(path(ada, grace)).then().statusCode(204);
        as(linus).delete(path(ada, linus)).then().statusCode(204);
    }

    @Test
    void aTeamKeepsAnOwner() {
        var ada = somebody();
        var grace = joined(ada, "member");
        var lastOwner = equalTo("urn:orchflow:problem:last-owner");

        as(ada).delete(path(ada, ada)).then().statusCode(409).body("type", lastOwner);
        give(ada, ada, ada, "admin").then().statusCode(409).body("type", lastOwner);
        give(ada, ada, ada, "owner").then().statusCode(200);
        give(ada, ada, grace, "owner").then().statusCode(200);
        as(ada).delete(path(ada, ada)).then().statusCode(204);
        as(grace).delete(path(ada, grace)).then().statusCode(409).body("type", lastOwner);
    }

    @Test
    void ofTwoOwnersWhoLeaveAtOnceOneStays() throws Exception {
        var ada = somebody();
        var grace = joined(ada, "owner");
        Callable<Integer> first = () -> as(ada).delete(path(ada, ada)).statusCode();
        Callable<Integer> second = () -> as(grace).delete(path(ada, grace)).statusCode();

        try (var threads = Executors.newFixedThreadPool(2)) {
            var answers = threads.invokeAll(List.of(first, second));
            assertThat(answers)
                    .extracting(answer -> answer.resultNow())
                    .containsExactlyInAnyOrder(204, 409);
        }
    }

    @Test
    void aRoleIsNeeded() {
        var ada = somebody();
        as(ada).body(Map.of())
                .patch(path(ada, ada))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("role"));
        give(ada, ada, ada, "boss").then().statusCode(400);
    }

    private static Api.Person joined(Api.Person owner, String role) {
        var person = somebody();
        String id = invite(owner, person.email(), role).path("id");
        as(person).post("/api/auth/invitations/" + id + "/accept").then().statusCode(200);
        return person;
    }

    private static String path(Api.Person owner, Api.Person member) {
        return "/api/auth/teams/" + owner.teamId() + "/members/" + member.userId();
    }

    private static Response give(Api.Person by, Api.Person owner, Api.Person member, String role) {
        return as(by).body(Map.of("role", role)).patch(path(owner, member));
    }

    private static Response invite(Api.Person owner, String email, String role) {
        return invite(owner, owner, email, role);
    }

    private static Response invite(Api.Person by, Api.Person owner, String email, String role) {
        return as(by).body(Map.of("email", email, "role", role))
                .post("/api/auth/teams/" + owner.teamId() + "/invitations");
    }

    private static String token(Api.Person person) {
        return as(person)
                .body(Map.of("name", "ci"))
                .post("/api/auth/personal-access-tokens")
                .path("token");
    }

    private static String exchanged(String personalAccessToken) {
        return internal(Map.of("personalAccessToken", personalAccessToken)).path("accessToken");
    }
}
