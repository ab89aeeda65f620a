package io.orchflow.orchestration;

import static io.orchflow.orchestration.TestSystem.PATIENCE;
import static io.orchflow.orchestration.TestSystem.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.orchflow.access.Role;
import io.orchflow.modelserver.Conversation;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent of ours, its hands in real sandboxes, its model a script.
class LoopIT {
    private static final String KEY = "sk-house-canary-9876543210";
    private static final Turn FINISH =
            Turn.of(new Turn.Call("finish", "{\"summary\":\"It is done.\"}"));

    private static TestSystem system;

    private @Nullable ModelServer server;
    private @Nullable String providerId;

    @BeforeAll
    static void start() {
        system = new TestSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @AfterEach
    void forget() {
        if (providerId != null) {
            system.as("owner", Role.OWNER).delete("/api/models/providers/" + providerId);
        }
        if (server != null) {
            server.close();
        }
    }

    private ModelServer provider(Script script, String wire) throws IOException {
        var started = ModelServer.start(script, KEY);
        server = started;
        providerId =
                system.as("owner", Role.OWNER)
                        .body(
                                Map.of(
                                        "teamId",
                                        TEAM,
                                        "name",
                                        "house",
                                        "wires",
                                        List.of(wire),
                                        "url",
                                        started.url() + "/v1",
                                        "key",
                                        KEY,
                                        "models",
                                        List.of(Map.of("name", "scripted", "outputUsd", 8.5))))
                        .post("/api/models/providers")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        return started;
    }

    private static Map<String, Object> task(String prompt, String check) {
        return Map.of(
                "id",
                "t",
                "title",
                "Task",
                "role",
                "developer",
                "adapter",
                "model",
                "prompt",
                prompt,
                "acceptance",
                List.of(Map.of("command", check)));
    }

    private static String approve(Map<String, Object> task) {
        return system.member()
                .post("/api/plans/" + system.draft(List.of(task)) + "/approve")
                .then()
                .statusCode(201)
                .extract()
                .path("swarmId");
    }

    @Test
    void whatItMayNotDoWithoutAPersonHasNoEffectUntilOneAllowsIt() throws Exception {
        var script =
                Script.steps()
                        .when(
                                "Say hello",
                                Turn.run("echo no > refused"),
                                Turn.run("echo hello > allowed"),
                                FINISH);
        provider(script, "chat");
        var task = new HashMap<>(task("Say hello.", "grep -q hello allowed && test ! -e refused"));
        task.put("permissions", "ask");
        var id = approve(task);

        var first = asked(id, "echo no > refused");
        var waiting = system.await(id, s -> "NEEDS_YOU".equals(s.getString("agents[0].state")));
        assertThat(waiting.getString("agents[0].reason")).contains("echo no > refused");
        var path = "/api/approvals/" + first.getString("[0].id");
        var denied = Map.of("decision", "deny", "digest", first.getString("[0].digest"));
        system.byToken().body(denied).post(path).then().statusCode(403);
        system.stranger().body(denied).post(path).then().statusCode(404);
        system.as("viewer", Role.VIEWER).body(denied).post(path).then().statusCode(403);
        var other = Map.of("decision", "allow", "digest", "0".repeat(64));
        system.member().body(other).post(path).then().statusCode(412);
        system.member().body(Map.of("decision", "sure")).post(path).then().statusCode(400);
        system.member()
                .body(denied)
                .post(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("DENIED"))
                .body("decidedBy.id", equalTo("member"));
        system.member().body(denied).post(path).then().statusCode(409);

        var second = asked(id, "echo hello > allowed");
        system.member()
                .body(Map.of("decision", "allow", "digest", second.getString("[0].digest")))
                .post("/api/approvals/" + second.getString("[0].id"))
                .then()
                .statusCode(200);
        system.await(id, "COMPLETED");
        assertThat(open(id).getList("$")).isEmpty();
    }

    @Test
    void itHasTheToolsOfTheTeam() throws Exception {
        var model =
                provider(
                        Script.steps()
                                .when(
                                        "Say hello",
                                        Turn.of(new Turn.Call("read_plan", "{}")),
                                        Turn.of(
                                                new Turn.Call(
                                                        "send_message",
                                                        "{\"to\":\"people\",\"text\":\"Hello, people.\"}")),
                                        Turn.run("echo hello > told"),
                                        FINISH),
                        "chat");

        var id = approve(task("Say hello.", "grep -q hello told"));
        system.await(id, "COMPLETED");

        system.member()
                .get("/api/swarms/" + id + "/messages")
                .then()
                .statusCode(200)
                .body("text", contains("Hello, people."))
                .body("[0].from.kind", equalTo("agent"));
        assertThat(model.seen().getLast().conversation().entries().toString())
                .contains("Shown to people.")
                .contains("authorises nothing");
    }

    @Test
    void aCancelledAgentWaitsForNobody() throws Exception {
        provider(Script.steps().when("Say hello", Turn.run("echo hello > never"), FINISH), "chat");
        var task = new HashMap<>(task("Say hello.", "grep -q hello never"));
        task.put("permissions", "ask");
        var id = approve(task);
        var asked = asked(id, "echo hello > never");

        system.ask(id, "cancel");
        system.await(id, "CANCELLED");

        TestSystem.await(
                PATIENCE, () -> open(id).getList("$").isEmpty(), () -> open(id).prettify());
        system.member()
                .body(Map.of("decision", "allow", "digest", asked.getString("[0].digest")))
                .post("/api/approvals/" + asked.getString("[0].id"))
                .then()
                .statusCode(409);
    }

    private static JsonPath asked(String swarmId, String command) {
        TestSystem.await(
                PATIENCE,
                () -> command.equals(open(swarmId).getString("[0].argv[2]")),
                () -> open(swarmId).prettify() + system.swarm(swarmId).prettify());
        return open(swarmId);
    }

    private static JsonPath open(String swarmId) {
        var all = system.member().get("/api/approvals").jsonPath();
        return new JsonPath(
                new JsonArray(all.getList("findAll { it.swarmId == '" + swarmId + "' }")).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "messages"})
    void itWorksThroughTheProxyAndEveryCallIsCounted(String wire) throws Exception {
        var script =
                Script.steps()
                        .when(
                                "Say hello",
                                Turn.run("env > environment; echo hello > said; cat said"),
                                FINISH);
        var model = provider(script, wire);

        var swarm = system.await(approve(task("Say hello.", "grep -q hello said")), "COMPLETED");

        assertThat(swarm.getString("agents[0].adapter")).isEqualTo("model");
        assertThat(swarm.getString("agents[0].profile")).isNull();
        assertThat(model.seen()).hasSize(2).allMatch(seen -> seen.key().equals(KEY));
        assertThat(model.seen().getLast().conversation().entries().toString()).contains("hello");
        assertThat(swarm.getLong("usage.tokensIn") + swarm.getLong("usage.tokensOut"))
                .isEqualTo(model.billed());
        var diff =
                system.member()
                        .get("/api/swarms/" + swarm.getString("id") + "/tasks/t/diff")
                        .then()
                        .extract()
                        .asString();
        assertThat(diff)
                .contains("+ORCHFLOW_AGENT_ID=")
                .doesNotContain("ORCHFLOW_MODEL_TOKEN")
                .doesNotContain(KEY);
    }

    @Test
    void aKilledServiceCostsTheConversationAndNotTheWork() throws Exception {
        var working = new AtomicBoolean();
        Script script =
                conversation -> {
                    if (conversation.asks("An earlier conversation about this task broke off")) {
                        return conversation.turn() == 0
                                ? Turn.run("cat first && mv first both")
                                : FINISH;
                    }
                    working.set(conversation.turn() == 1);
                    return conversation.turn() == 0
                            ? Turn.run("echo begun > first")
                            : Turn.run("sleep 600");
                };
        var model = provider(script, "chat");
        var id = approve(task("Do both.", "grep -q begun both"));
        TestSystem.await(PATIENCE, working::get, () -> "" + model.seen());

        system.orchestration.kill();
        system.orchestration.startAgain();

        var swarm = system.await(id, "COMPLETED");
        assertThat(swarm.getInt("tasks[0].attempts")).isEqualTo(1);
        assertThat(model.seen().getLast().conversation().entries())
                .extracting(Conversation.Entry::text)
                .anyMatch(text -> text.contains("begun"));
    }

    @Test
    void aPlanThatFindsNoModelIsNotApprovedAndTheListSaysWhy() throws Exception {
        var path = "/api/adapters?workspaceId=" + system.workspaceId;
        system.member()
                .get(path)
                .then()
                .statusCode(200)
                .body("id", contains("model", "asker", "missing"))
                .body("[0].ready", equalTo(false))
                .body(
                        "[0].problem",
                        equalTo(
                                "The team has no model provider that speaks chat or messages: add one in Settings, Models."));
        system.member()
                .post("/api/plans/" + system.draft(List.of(task("Do it.", "true"))) + "/approve")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[0].model"))
                .body(
                        "errors[0].message",
                        equalTo(
                                "The team has no model provider that speaks chat or messages: add one in Settings, Models."));
        provider(Script.steps(), "messages");
        system.member()
                .get(path)
                .then()
                .body("[0].kind", equalTo("model"))
                .body("[0].ready", equalTo(true))
                .body("[0].wire", equalTo("messages"))
                .body("[0].model.model", equalTo("scripted"));
    }
}
