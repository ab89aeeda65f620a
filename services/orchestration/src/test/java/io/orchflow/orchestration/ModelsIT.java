package io.orchflow.orchestration;

import static io.orchflow.orchestration.TestSystem.PATIENCE;
import static io.orchflow.orchestration.TestSystem.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.orchflow.access.Role;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Agents in real sandboxes that ask models: through the workspace agent and the proxy, counted and
/// limited. The program is a stand-in (`src/test/profiles`), the provider a scripted one.
class ModelsIT {
    private static final String KEY = "sk-house-canary-0123456789";

    private static TestSystem system;

    private static final String PLAN =
            """
            {"kind": "plan", "summary": "A haiku tool with its tests.", "confidence": 0.9, "tasks": [
              {"id": "tool", "title": "Write the tool", "role": "developer", "prompt": "Write haiku.sh.",
               "dependsOn": [], "acceptance": [{"command": "sh haiku.sh | grep -q moon"}]},
              {"id": "test", "title": "Test the tool", "role": "tester", "prompt": "Write test.sh for haiku.sh.",
               "dependsOn": ["tool"], "acceptance": [{"command": "sh test.sh"}]}]}
            """;

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
            system.as("owner", Role.OWNER)
                    .delete("/api/models/providers/" + providerId)
                    .then()
                    .statusCode(204);
        }
        if (server != null) {
            server.close();
        }
    }

    private ModelServer provider(Turn answer) throws IOException {
        return provider(Script.steps().when("hello", answer));
    }

    private ModelServer provider(Script script) throws IOException {
        var started = ModelServer.start(script, KEY);
        server = started;
        providerId =
                system.as("owner", Role.OWNER)
                        .body(body("house", started.url() + "/v1"))
                        .post("/api/models/providers")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        return started;
    }

    private static Map<String, Object> body(String name, String url) {
        return Map.of(
                "teamId",
                TEAM,
                "name",
                name,
                "wires",
                List.of("chat"),
                "url",
                url,
                "key",
                KEY,
                "models",
                List.of(Map.of("name", "scripted", "inputUsd", 2, "outputUsd", 8.5)));
    }

    private static Map<String, Object> asking(String id, int times) {
        return Map.of(
                "id",
                id,
                "title",
                "Ask " + id,
                "role",
                "developer",
                "adapter",
                "command",
                "profile",
                "asker",
                "prompt",
                "Please ask " + times + " times.",
                "acceptance",
                List.of(Map.of("command", "test -s " + id + ".txt")));
    }

    private static String approve(List<Map<String, Object>> tasks, Map<String, Object> body) {
        return system.member()
                .body(body)
                .post("/api/plans/" + system.draft(tasks) + "/approve")
                .then()
                .statusCode(201)
                .extract()
                .path("swarmId");
    }

    @Test
    void anAgentAsksItsModelAndEveryCallIsCounted() throws Exception {
        var model = provider(Turn.say("Good day."));

        var id = approve(List.of(asking("a", 3)), Map.of());
        var swarm = system.await(id, "COMPLETED");

        assertThat(swarm.getString("agents[0].profile")).isEqualTo("asker");
        assertThat(swarm.getLong("usage.tokensIn")).isPositive();
        assertThat(swarm.getLong("usage.tokensIn") + swarm.getLong("usage.tokensOut"))
                .isEqualTo(model.billed());
        assertThat(swarm.getDouble("usage.costUsd"))
                .isEqualTo(
                        (2 * swarm.getLong("usage.tokensIn")
                                        + 8.5 * swarm.getLong("usage.tokensOut"))
                                / 1e6,
                        offset(0.000_003));
        assertThat(swarm.getString("usage.agents[0].agentId"))
                .isEqualTo(swarm.getString("agents[0].id"));
        assertThat(model.seen()).hasSize(3).allMatch(seen -> seen.key().equals(KEY));
        system.member()
                .get("/api/models/budgets?teamId=" + TEAM)
                .then()
                .statusCode(200)
                .body("scope", hasItem("team"))
                .body("find { it.scope == 'user' }.id", equalTo("member"));
        var environment =
                system.member()
                        .get("/api/swarms/" + id + "/tasks/a/diff")
                        .then()
                        .extract()
                        .asString();
        assertThat(environment)
                .contains("+ORCHFLOW_MODEL_TOKEN=orchflow-")
                .doesNotContain(KEY)
                .doesNotContain(model.url().toString());
        assertThat(Files.readString(Path.of("target/orchestration-it.log"))).doesNotContain(KEY);
        assertThat(Files.readString(Path.of("target/workspaces-it.log"))).doesNotContain(KEY);
    }

    @Test
    void twentyAgentsThatRaceNeverPassALimitAndGoOnWhenItIsRaised() throws Exception {
        var model = provider(Turn.say("Good day.").slowly(Duration.ofMillis(20)));
        var tasks = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 20; i++) {
            tasks.add(asking("t" + i, 5));
        }

        var id = approve(tasks, Map.of("budget", Map.of("tokens", 600)));
        var paused =
                system.await(
                        id,
                        swarm -> {
                            assertWithin(swarm, 600);
                            return "PAUSED".equals(swarm.getString("state"));
                        });

        assertThat(paused.getString("reason"))
                .startsWith("the budget of 600 tokens for this swarm is used up");
        assertThat(model.billed()).isLessThanOrEqualTo(600);
        assertThat(paused.getList("agents.state")).doesNotContain("WORKING");
        limit(id, 1_000_000);
        system.ask(id, "resume");
        var ended = system.await(id, "COMPLETED");
        assertThat(ended.getInt("progress.done")).isEqualTo(20);
        assertThat(ended.getLong("usage.budget.tokens.used")).isEqualTo(model.billed());
        assertThat(ended.getLong("usage.budget.tokens.reserved")).isZero();
    }

    private static void assertWithin(JsonPath swarm, long limit) {
        var used = swarm.getLong("usage.budget.tokens.used");
        var reserved = swarm.getLong("usage.budget.tokens.reserved");
        assertThat(used + reserved).isLessThanOrEqualTo(limit);
    }

    @Test
    void aSwarmThatHasHadItsAgentsPausesUntilItMayHaveMore() throws Exception {
        var model = provider(Turn.say("Good day."));

        var id =
                approve(
                        List.of(asking("a", 1), asking("b", 1)),
                        Map.of("budget", Map.of("agents", 1)));
        var paused = system.await(id, "PAUSED");

        assertThat(paused.getString("reason"))
                .startsWith("the budget of 1 agent for this swarm is used up");
        assertThat(paused.getList("agents")).hasSize(1);
        assertThat(paused.getLong("usage.budget.agents")).isEqualTo(1);
        limit(id, Map.of("agents", 2, "minutes", 30));
        system.ask(id, "resume");
        var ended = system.await(id, "COMPLETED");
        assertThat(ended.getList("agents")).hasSize(2);
        assertThat(ended.getLong("usage.budget.minutes")).isEqualTo(30);
        assertThat(model.billed()).isPositive();
    }

    @Test
    void aModelOfTheTeamPlansAndWhatItUsesIsBooked() throws Exception {
        var model =
                provider(
                        conversation ->
                                Turn.say(conversation.turn() == 0 ? "Sure, I will!" : PLAN));
        var before = used();
        var conversation = system.converse();

        var answer =
                system.answer(conversation, system.say(conversation, "Write a haiku tool", "llm"));

        var plan = system.member().get("/api/plans/" + answer.get("planId")).jsonPath();
        assertThat(plan.getString("source")).isEqualTo("llm");
        assertThat(plan.getDouble("confidence")).isEqualTo(0.72, offset(0.000_1));
        assertThat(plan.getString("topology")).isEqualTo("pipeline");
        assertThat(plan.getList("tasks.adapter")).containsOnly("model");
        assertThat((String) answer.get("text"))
                .contains("A haiku tool")
                .contains("house/scripted")
                .contains("correct it once");
        assertThat(model.seen()).hasSize(2);
        assertThat(model.seen().getFirst().conversation().asks("> Write a haiku tool")).isTrue();
        assertThat(used() - before).isEqualTo(model.billed());
    }

    private static long used() {
        Integer tokens =
                system.member()
                        .get("/api/models/budgets?teamId=" + TEAM)
                        .path("find { it.scope == 'team' }.tokensUsed");
        return tokens == null ? 0 : tokens;
    }

    @Test
    void whereAModelGivesNoPlanTheLocalPlannerSaysWhyAndAnswers() throws Exception {
        var model = provider(Turn.failing(new Turn.Status(429)));
        var conversation = system.converse();

        var answer =
                system.answer(
                        conversation,
                        system.say(conversation, "Build me a REST API with auth", "llm"));

        assertThat((String) answer.get("text"))
                .contains("house/scripted gave no plan")
                .doesNotContain("No model provider is configured");
        system.member()
                .get("/api/plans/" + answer.get("planId"))
                .then()
                .body("source", equalTo("local"));
        assertThat(model.seen()).isNotEmpty();
        system.member()
                .body(Map.of("text", "hello", "planner", "magic"))
                .post("/api/conversations/" + conversation + "/messages")
                .then()
                .statusCode(400);
    }

    private static void limit(String swarmId, long tokens) {
        limit(swarmId, Map.of("tokens", tokens));
    }

    private static void limit(String swarmId, Map<String, ?> budget) {
        system.member()
                .body(budget)
                .put("/api/models/budgets/swarm/" + swarmId)
                .then()
                .statusCode(200);
    }

    @Test
    void aKilledServiceLosesNoCallFromTheBooks() throws Exception {
        var model = provider(Turn.say("Good day.").slowly(Duration.ofMillis(300)));
        var id =
                approve(
                        List.of(asking("a", 4), asking("b", 4), asking("c", 4)),
                        Map.of("budget", Map.of("tokens", 2_000)));
        TestSystem.await(PATIENCE, () -> model.billed() > 15, () -> "" + model.billed());

        system.orchestration.kill();
        var billed = model.billed();
        system.orchestration.startAgain();

        var after = system.swarm(id);
        assertWithin(after, 2_000);
        assertThat(
                        after.getLong("usage.budget.tokens.used")
                                + after.getLong("usage.budget.tokens.reserved"))
                .isGreaterThanOrEqualTo(billed);
        limit(id, 1_000_000);
        resumeWherePaused(id);
        var ended = system.await(id, "COMPLETED");
        assertThat(
                        ended.getLong("usage.budget.tokens.used")
                                + ended.getLong("usage.budget.tokens.reserved"))
                .isGreaterThanOrEqualTo(model.billed());
    }

    private static void resumeWherePaused(String id) {
        TestSystem.await(
                PATIENCE,
                () -> {
                    var state = system.swarm(id).getString("state");
                    if ("PAUSED".equals(state)) {
                        system.ask(id, "resume");
                    }
                    return !"PAUSED".equals(state);
                },
                () -> system.swarm(id).prettify());
    }

    @Test
    void aPlanThatFindsNoModelIsNotApproved() {
        system.member()
                .post("/api/plans/" + system.draft(List.of(asking("a", 1))) + "/approve")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("tasks[0].model"))
                .body("errors[0].message", containsString("add one in Settings, Models"));
    }

    @Test
    void adaptersSayWhatTheyLack() throws Exception {
        var path = "/api/adapters?workspaceId=" + system.workspaceId;
        system.member()
                .get(path)
                .then()
                .statusCode(200)
                .body("id", contains("model", "asker", "missing"))
                .body("ready", contains(false, false, false))
                .body("[1].problem", containsString("no model provider that speaks chat"))
                .body("[2].problem", startsWith("no-such-program is not installed"))
                .body("[2].mend", equalTo("get no-such-program"));
        provider(Turn.say("Good day."));
        system.member()
                .get(path)
                .then()
                .body("[1].ready", equalTo(true))
                .body("[1].label", equalTo("structured"))
                .body("[1].model.model", equalTo("scripted"))
                .body("[1].path", containsString("node"));
        system.stranger().get(path).then().statusCode(404);
    }

    @Test
    void providersAreAdminsAndTheirKeysAreNotShown() throws Exception {
        provider(Turn.say("Good day."));
        var owner = system.as("owner", Role.OWNER);
        system.member()
                .get("/api/models/providers?teamId=" + TEAM)
                .then()
                .statusCode(200)
                .body("", hasSize(1))
                .body("[0].hasKey", equalTo(true))
                .body("[0].models[0].outputUsd", equalTo(8.5f))
                .body(not(containsString(KEY)));
        system.member()
                .body(body("mine", "http://x/v1"))
                .post("/api/models/providers")
                .then()
                .statusCode(403);
        system.stranger().get("/api/models/providers?teamId=" + TEAM).then().statusCode(404);
        owner.body(body("house", "http://x/v1"))
                .post("/api/models/providers")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:name-taken"));
        owner.body(Map.of("teamId", TEAM, "name", "", "wires", List.of("soap"), "url", "ftp://x"))
                .post("/api/models/providers")
                .then()
                .statusCode(400)
                .body("errors.field", contains("name", "wires[0]", "url", "models"));
        owner.post("/api/models/providers/" + providerId + "/check")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("models", contains("scripted"));
        owner.body(body("renamed", "http://127.0.0.1:9/v1"))
                .put("/api/models/providers/" + providerId)
                .then()
                .statusCode(200)
                .body("name", equalTo("renamed"));
        owner.post("/api/models/providers/" + providerId + "/check")
                .then()
                .statusCode(200)
                .body("ok", equalTo(false))
                .body("message", containsString("Nothing answers at 127.0.0.1:9"));
    }

    @Test
    void aTeamsMonthIsLimitedByAdmins() {
        var path = "/api/models/budgets/team/" + TEAM;
        system.member().body(Map.of("tokens", 5)).put(path).then().statusCode(403);
        var owner = system.as("owner", Role.OWNER);
        owner.body(Map.of("tokens", -5)).put(path).then().statusCode(400);
        owner.body(Map.of("agents", 5))
                .put(path)
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("swarm-only"));
        owner.body(Map.of("tokens", 50_000_000, "costUsd", 12.5))
                .put(path)
                .then()
                .statusCode(200)
                .body("find { it.scope == 'team' }.limits.tokens.limit", equalTo(50_000_000))
                .body("find { it.scope == 'team' }.limits.costUsd.limit", equalTo(12.5f));
        owner.body(Map.of()).put(path).then().statusCode(200);
    }
}
