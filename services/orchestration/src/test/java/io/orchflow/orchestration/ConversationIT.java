package io.orchflow.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.orchflow.access.Role;
import io.orchflow.events.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract's conversations and plans, row by row.
class ConversationIT {
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aMessageIsAnsweredWithAPlanAsItStreams() {
        var conversation = system.converse();
        try (var stream = stream("/api/conversations/" + conversation + "/events", "")) {
            var asked = system.say(conversation, "Build me a REST API with auth", "llm");
            TestSystem.await(
                    Duration.ofSeconds(5),
                    () -> types(stream).contains("plan"),
                    () -> stream.events().toString());
            var messages =
                    stream.events().stream().filter(e -> e.type().equals("message")).toList();
            assertThat(messages).hasSize(2);
            assertThat(messages.getFirst().data().getString("id")).isEqualTo(asked);
            var answer = messages.getLast().data();
            assertThat(answer.getString("author")).isEqualTo("assistant");
            assertThat(answer.getString("text")).contains("No model provider");
            var streamed =
                    stream.events().stream()
                            .filter(e -> e.type().equals("delta"))
                            .map(e -> e.data().getString("text"))
                            .collect(Collectors.joining());
            assertThat(streamed).isEqualTo(answer.getString("text"));

            var third = stream.events().get(2).id();
            var rest = stream.events().subList(3, stream.events().size());
            try (var again = stream("/api/conversations/" + conversation + "/events", third)) {
                TestSystem.await(
                        Duration.ofSeconds(5),
                        () -> again.events().size() >= rest.size(),
                        () -> again.events().toString());
                assertThat(again.events()).isEqualTo(rest);
            }
            system.member()
                    .get("/api/plans/" + answer.getString("planId"))
                    .then()
                    .statusCode(200)
                    .header("ETag", notNullValue())
                    .body("state", equalTo("DRAFT"))
                    .body("source", equalTo("local"))
                    .body("tasks[0].adapter", equalTo("recipe"));
        }
    }

    @Test
    void aConversationIsCalledAfterItsFirstMessage() {
        var named = Map.of("workspaceId", system.workspaceId, "title", "Shop");
        String given = system.member().body(named).post("/api/conversations").path("id");
        var conversation = system.converse();
        var before = listed(conversation);
        assertThat(before.getString("title")).isEqualTo("New conversation");
        assertThat(before.getString("updatedAt")).isEqualTo(before.getString("createdAt"));
        for (var id : List.of(given, conversation)) {
            system.answer(id, system.say(id, "Hello there, " + "please ".repeat(30)));
            system.answer(id, system.say(id, "Thank you"));
        }

        var after = listed(conversation);

        assertThat(after.getString("title")).startsWith("Hello there, please").endsWith("please…");
        assertThat(after.getString("title").length()).isBetween(100, 120);
        assertThat(listed(given).getString("title")).isEqualTo("Shop");
        String last =
                system.member()
                        .get("/api/conversations/" + conversation + "/messages")
                        .path("[-1].createdAt");
        assertThat(after.getString("updatedAt")).isEqualTo(last);
    }

    private static JsonObject listed(String conversationId) {
        Map<String, Object> found =
                system.member()
                        .get("/api/conversations?limit=200&workspaceId=" + system.workspaceId)
                        .path("find { it.id == '" + conversationId + "' }");
        return new JsonObject(found);
    }

    @Test
    void aRequestThatNothingFitsGetsAnHonestAnswerAndNoPlan() {
        var conversation = system.converse();
        var answer = system.answer(conversation, system.say(conversation, "Bake me a cake"));

        assertThat(answer).doesNotContainKey("planId");
    }

    @Test
    void aPlanIsEditedByOneAtATime() {
        var planId = system.draft();
        var tag = system.member().get("/api/plans/" + planId).header("ETag");
        var body = Map.of("tasks", List.of(TestSystem.task("a", "true", "true")));

        var next = system.member().header("If-Match", tag).body(body).put("/api/plans/" + planId);
        next.then().statusCode(200).body("tasks.id", equalTo(List.of("a")));
        assertThat(next.header("ETag")).isNotEqualTo(tag);
        system.member()
                .header("If-Match", tag)
                .body(body)
                .put("/api/plans/" + planId)
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        system.member()
                .header("If-Match", tag)
                .post("/api/plans/" + planId + "/approve")
                .then()
                .statusCode(412);
    }

    @Test
    void everyWrongFieldIsNamed() {
        var planId = system.draft();
        var a = TestSystem.task("a", "true", "true");
        var wrong = new HashMap<>(a);
        wrong.remove("role");
        wrong.put("adapter", "magic");

        refused(planId, List.of(wrong), "tasks[0].role");
        refused(planId, List.of(wrong), "tasks[0].adapter");
        refused(planId, List.of(TestSystem.after(a, "a")), "tasks[0].dependsOn");
        refused(planId, List.of(TestSystem.after(a, "z")), "tasks[0].dependsOn[0]");
        refused(planId, List.of(), "tasks");
        system.member()
                .body("{\"tasks\": [{\"command\": 7}]}")
                .put("/api/plans/" + planId)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(containsString("tasks[0].command")));
    }

    private static void refused(String planId, List<Map<String, Object>> tasks, String field) {
        system.member()
                .body(Map.of("tasks", tasks))
                .put("/api/plans/" + planId)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:orchflow:problem:bad-input"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void approvingTwiceTellsOfTheFirstSwarmAndWithoutChecksItIsRefused() {
        var planId = system.draft(List.of(TestSystem.task("a", "true")));
        system.member()
                .post("/api/plans/" + planId + "/approve")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("tasks[0].acceptance"));
        system.member()
                .body(Map.of("tasks", List.of(TestSystem.task("a", "true", "true"))))
                .put("/api/plans/" + planId)
                .then()
                .statusCode(200);

        var swarmId = system.approve(planId);

        system.member()
                .post("/api/plans/" + planId + "/approve")
                .then()
                .statusCode(409)
                .body("swarmId", equalTo(swarmId));
        system.member()
                .body(Map.of("tasks", List.of(TestSystem.task("b", "true", "true"))))
                .put("/api/plans/" + planId)
                .then()
                .statusCode(409);
    }

    @Test
    void aPreviewIsAPlanWithoutIdOrState() {
        system.member()
                .body(
                        Map.of(
                                "workspaceId",
                                system.workspaceId,
                                "text",
                                "Build me a REST API with auth for a zoo"))
                .post("/api/plans/preview")
                .then()
                .statusCode(200)
                .body("$", not(hasItem("id")))
                .body("state", equalTo(null))
                .body("source", equalTo("local"))
                .body("tasks[0].acceptance[0].command", notNullValue());
    }

    @Test
    void othersAndViewersAreKeptOut() {
        var conversation = system.converse();
        var planId = system.draft();
        system.stranger().get("/api/conversations/" + conversation).then().statusCode(404);
        system.stranger().get("/api/plans/" + planId).then().statusCode(404);
        system.stranger()
                .body(Map.of("workspaceId", system.workspaceId))
                .post("/api/conversations")
                .then()
                .statusCode(404);
        system.as("viewer", Role.VIEWER)
                .body(Map.of("text", "hello"))
                .post("/api/conversations/" + conversation + "/messages")
                .then()
                .statusCode(403);
        system.as("viewer", Role.VIEWER).get("/api/plans/" + planId).then().statusCode(200);
        system.as("viewer", Role.VIEWER)
                .post("/api/plans/" + planId + "/approve")
                .then()
                .statusCode(403);
        system.member().get("/api/plans/" + Ids.next()).then().statusCode(404);
        system.member().body("{}").post("/api/conversations").then().statusCode(400);
    }

    @Test
    void aStreamEndsWithItsSession() {
        var conversation = system.converse();
        var token = system.token("leaver", Role.MEMBER);
        var url = system.orchestration.url() + "/api/conversations/" + conversation + "/events";
        try (var stream = new EventStream(url, token, "")) {
            system.say(conversation, "hello");
            TestSystem.await(
                    Duration.ofSeconds(5), () -> !stream.events().isEmpty(), () -> "nothing came");
            system.revoke("leaver");
            TestSystem.await(Duration.ofSeconds(2), stream::ended, () -> "still open");
        }
    }

    private static EventStream stream(String path, String lastEventId) {
        var token = system.token("member", Role.MEMBER);
        return new EventStream(system.orchestration.url() + path, token, lastEventId);
    }

    private static List<String> types(EventStream stream) {
        return stream.events().stream().map(EventStream.Event::type).toList();
    }
}
