package io.orchflow.auth;

import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.internal;
import static io.orchflow.auth.Api.refresh;
import static io.orchflow.auth.Api.somebody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.orchflow.embedded.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

/// Refresh tokens, personal access tokens, and the access tokens that they are exchanged for.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "false"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class CredentialsIT {

    @Test
    void anAccessTokenSaysWhoCallsAndVerifiesByTheJwks() throws Exception {
        var ada = somebody();
        var jwks = given().get("/internal/jwks");
        jwks.then().statusCode(200).body("keys[0]", not(hasKey("d")));

        var claims =
                new JwtConsumerBuilder()
                        .setExpectedIssuer("orchflow")
                        .setExpectedAudience("orchflow")
                        .setVerificationKeyResolver(
                                new JwksVerificationKeyResolver(
                                        new JsonWebKeySet(jwks.asString()).getJsonWebKeys()))
                        .build()
                        .processToClaims(ada.accessToken());

        assertThat(claims.getSubject()).isEqualTo(ada.userId());
        assertThat(claims.getStringClaimValue("knd")).isEqualTo("user");
        assertThat(claims.getClaimValue("teams")).isEqualTo(Map.of(ada.teamId(), "owner"));
        var life = claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue();
        assertThat(life).isPositive().isLessThanOrEqualTo(300);
    }

    @Test
    void everyExchangeRotatesTheRefreshToken() {
        var ada = somebody();

        var second = refresh(ada.grant());
        second.then().statusCode(200);
        refresh(second.path("refreshToken")).then().statusCode(200);

        assertThat(second.<String>path("refreshToken")).isNotEqualTo(ada.grant());
        assertThat(Instant.parse(second.path("expiresAt")))
                .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void aRefreshTokenPresentedBehindItsSuccessorEndsTheWholeSession() {
        var ada = somebody();
        String second = refresh(ada.grant()).path("refreshToken");
        String third = refresh(second).path("refreshToken");

        refresh(ada.grant()).then().statusCode(401);

        refresh(third).then().statusCode(401);
    }

    @Test
    void anExchangeWhoseAnswerWasLostIsTriedAgain() {
        var ada = somebody();
        String lost = refresh(ada.grant()).path("refreshToken");

        var again = refresh(ada.grant());

        again.then().statusCode(200);
        String next = refresh(again.path("refreshToken")).path("refreshToken");
        refresh(lost).then().statusCode(401);
        refresh(next).then().statusCode(401);
    }

    @Test
    void ofThoseWhoPresentARefreshTokenAtOnceOneHoldsTheSession() throws Exception {
        var ada = somebody();
        Callable<Response> present = () -> refresh(ada.grant());

        List<String> successors;
        try (var threads = Executors.newFixedThreadPool(4)) {
            successors =
                    threads.invokeAll(Stream.generate(() -> present).limit(4).toList()).stream()
                            .map(answer -> answer.resultNow().<String>path("refreshToken"))
                            .toList();
        }

        assertThat(successors).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(successors.stream().filter(t -> refresh(t).statusCode() == 200).count())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void theGatewayEndsASession() {
        var ada = somebody();

        given().contentType(ContentType.JSON)
                .header("Orchflow-Internal", Api.INTERNAL)
                .body(Map.of("refreshToken", ada.grant()))
                .post("/internal/logout")
                .then()
                .statusCode(204)
                .header("Orchflow-Grants-Revoked", matchesPattern("[0-9a-f-]{36}"));
        refresh(ada.grant()).then().statusCode(401);
    }

    @Test
    void onlyTheGatewayMayExchange() {
        var body = Map.of("refreshToken", somebody().grant());

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/internal/token")
                .then()
                .statusCode(403);
        given().contentType(ContentType.JSON)
                .header("Orchflow-Internal", "guess")
                .body(body)
                .post("/internal/token")
                .then()
                .statusCode(403);
        internal(Map.of()).then().statusCode(400);
        refresh("ofr_unknown").then().statusCode(401);
    }

    @Test
    void aPersonalAccessTokenIsShownOnceAndExchanged() {
        var ada = somebody();
        var created =
                as(ada).body(Map.of("name", "ci", "expiresInDays", 7))
                        .post("/api/auth/personal-access-tokens");
        created.then().statusCode(201).body("token", matchesPattern("ofp_[\\w-]{43}"));

        as(ada).get("/api/auth/personal-access-tokens")
                .then()
                .statusCode(200)
                .body("id", hasItems((String) created.path("id")))
                .body("$", everyItem(not(hasKey("token"))))
                .body("[0]", not(hasKey("lastUsedAt")));
        var exchange = exchange(created);
        exchange.then()
                .statusCode(200)
                .body("$", not(hasKey("refreshToken")))
                .body("sessionId", equalTo("pat:" + created.path("id")));
        as(exchange.<String>path("accessToken"))
                .get("/api/auth/me")
                .then()
                .statusCode(200)
                .body("userId", equalTo(ada.userId()));
    }

    @Test
    void aTokenCannotMakeTokens() {
        var ada = somebody();
        String token = exchange(make(ada, Map.of("name", "ci"))).path("accessToken");

        as(token)
                .body(Map.of("name", "more"))
                .post("/api/auth/personal-access-tokens")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:orchflow:problem:people-only"));
        as(token).post("/api/auth/logout").then().statusCode(403);
    }

    @Test
    void aTokenMayDoWhatItsScopesCover() {
        var ada = somebody();
        var made = make(ada, Map.of("name", "reader", "scopes", List.of("workspace:read")));
        String token = exchange(made).path("accessToken");

        as(token).get("/api/auth/me").then().statusCode(200);
        as(token)
                .body(Map.of("name", "x"))
                .post("/api/auth/teams")
                .then()
                .statusCode(403)
                .body("detail", containsString("team:create"));
    }

    @Test
    void aRevokedTokenIsGone() {
        var ada = somebody();
        var made = make(ada, Map.of("name", "ci"));
        String id = made.path("id");

        as(ada).delete("/api/auth/personal-access-tokens/" + id)
                .then()
                .statusCode(204)
                .header("Orchflow-Grants-Revoked", equalTo("pat:" + id));

        exchange(made).then().statusCode(401);
        as(ada).delete("/api/auth/personal-access-tokens/" + id).then().statusCode(404);
    }

    @Test
    void anothersTokenIsUnknown() {
        String id = make(somebody(), Map.of("name", "ci")).path("id");

        as(somebody())
                .delete("/api/auth/personal-access-tokens/" + id)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:orchflow:problem:not-found"));
    }

    @Test
    void whatIsWrongWithATokenIsToldByField() {
        var body = Map.of("expiresInDays", 0, "scopes", List.of("workspace", "everything"));

        make(somebody(), body)
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("name", "expiresInDays", "scopes[1]"));
    }

    @Test
    void aListIsPaged() {
        var ada = somebody();
        for (var i = 0; i < 3; i++) {
            make(ada, Map.of("name", "token " + i)).then().statusCode(201);
        }

        var first = as(ada).get("/api/auth/personal-access-tokens?limit=2");
        first.then().statusCode(200).body("name", equalTo(List.of("token 0", "token 1")));
        var link = first.header("Link");
        assertThat(link).endsWith(">; rel=\"next\"");
        var second = as(ada).get(link.substring(1, link.indexOf('>')));
        second.then().statusCode(200).body("name", equalTo(List.of("token 2")));
        assertThat(second.header("Link")).isNull();
        as(ada).get("/api/auth/personal-access-tokens?limit=0")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("limit"));
    }

    private static Response make(Api.Person person, Map<String, ?> body) {
        return as(person).body(body).post("/api/auth/personal-access-tokens");
    }

    private static Response exchange(Response created) {
        return internal(Map.of("personalAccessToken", created.<String>path("token")));
    }
}
