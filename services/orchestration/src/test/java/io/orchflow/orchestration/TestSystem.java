package io.orchflow.orchestration;

import static io.restassured.RestAssured.given;

import io.orchflow.access.Role;
import io.orchflow.access.TestIssuer;
import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.WorkspaceStage;
import io.orchflow.events.Ids;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Packaged workspaces and orchestration services on shared infrastructure, with one running
/// workspace and its real agent.
final class TestSystem implements AutoCloseable {
    static final String TEAM = Ids.next();
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestIssuer issuer = new TestIssuer();
    private final WorkspaceStage stage =
            new WorkspaceStage(
                    "orchestration",
                    issuer.url(),
                    Map.of("ORCHFLOW_PROFILES_DIR", Profiles.folder()));
    final PackagedService orchestration = stage.service();
    final String workspaceId = startWorkspace("swarms");

    String startWorkspace(String name) {
        var people = as("owner", Role.OWNER).baseUri(stage.workspaces().url());
        String id =
                people.body(Map.of("name", name, "teamId", TEAM))
                        .post("/api/workspaces")
                        .path("id");
        await(
                PATIENCE,
                () -> "RUNNING".equals(people.get("/api/workspaces/" + id).path("state")),
                () -> people.get("/api/workspaces/" + id).asString());
        return id;
    }

    RequestSpecification member() {
        return as("member", Role.MEMBER);
    }

    RequestSpecification as(String userId, Role role) {
        stage.grant(userId);
        return with(issuer.user(userId, TEAM, role));
    }

    /// The same person by a personal access token.
    RequestSpecification byToken() {
        stage.grant("member");
        return with(issuer.personalAccessToken("member", TEAM, Role.MEMBER, Set.of()));
    }

    RequestSpecification stranger() {
        return with(issuer.user("stranger", Ids.next(), Role.OWNER));
    }

    String token(String userId, Role role) {
        stage.grant(userId);
        return issuer.user(userId, TEAM, role);
    }

    private RequestSpecification with(String token) {
        return given().baseUri(orchestration.url())
                .auth()
                .oauth2(token)
                .contentType("application/json");
    }

    void revoke(String userId) {
        stage.revoke(userId);
    }

    // ------------------------------------------------------------------------------ steps of the
    // story

    String converse() {
        return member().body(Map.of("workspaceId", workspaceId))
                .post("/api/conversations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// The local planner answers, whatever models there are.
    String say(String conversationId, String text) {
        return say(conversationId, text, "local");
    }

    String say(String conversationId, String text, String planner) {
        return member().body(Map.of("text", text, "planner", planner))
                .post("/api/conversations/" + conversationId + "/messages")
                .then()
                .statusCode(202)
                .extract()
                .path("messageId");
    }

    /// The assistant's answer to a message.
    Map<String, Object> answer(String conversationId, String messageId) {
        var found = new ArrayList<Map<String, Object>>();
        await(
                Duration.ofSeconds(5),
                () -> {
                    found.clear();
                    found.addAll(
                            member().get("/api/conversations/" + conversationId + "/messages")
                                    .jsonPath()
                                    .getList("$"));
                    int asked = -1;
                    for (int i = 0; i < found.size(); i++) {
                        if (messageId.equals(found.get(i).get("id"))) {
                            asked = i;
                        }
                    }
                    return asked >= 0 && asked + 1 < found.size();
                },
                found::toString);
        return found.getLast();
    }

    /// A draft of the local planner.
    String draft() {
        var conversation = converse();
        var asked = say(conversation, "Build me a REST API with auth for a book shop");
        return String.valueOf(answer(conversation, asked).get("planId"));
    }

    /// A draft whose tasks are these.
    String draft(List<Map<String, Object>> tasks) {
        var planId = draft();
        member().body(Map.of("topology", "parallel", "tasks", tasks))
                .put("/api/plans/" + planId)
                .then()
                .statusCode(200);
        return planId;
    }

    String approve(String planId) {
        return member().post("/api/plans/" + planId + "/approve")
                .then()
                .statusCode(201)
                .extract()
                .path("swarmId");
    }

    /// A swarm of these tasks, approved.
    String swarm(List<Map<String, Object>> tasks) {
        return approve(draft(tasks));
    }

    static Map<String, Object> task(String id, String script, String... checks) {
        return Map.of(
                "id",
                id,
                "title",
                "Task " + id,
                "role",
                "developer",
                "adapter",
                "command",
                "command",
                List.of("sh", "-c", script),
                "dependsOn",
                List.of(),
                "acceptance",
                List.of(checks).stream().map(c -> Map.of("command", c)).toList());
    }

    static Map<String, Object> after(Map<String, Object> task, String... dependsOn) {
        var more = new HashMap<>(task);
        more.put("dependsOn", List.of(dependsOn));
        return more;
    }

    JsonPath swarm(String swarmId) {
        return member().get("/api/swarms/" + swarmId).then().statusCode(200).extract().jsonPath();
    }

    JsonPath await(String swarmId, Predicate<JsonPath> wanted) {
        await(PATIENCE, () -> wanted.test(swarm(swarmId)), () -> swarm(swarmId).prettify());
        return swarm(swarmId);
    }

    JsonPath await(String swarmId, String state) {
        return await(swarmId, swarm -> state.equals(swarm.getString("state")));
    }

    JsonPath working(String swarmId, String taskId) {
        return await(
                swarmId,
                swarm ->
                        "WORKING"
                                .equals(
                                        swarm.getString(
                                                "agents.find { it.taskId == '"
                                                        + taskId
                                                        + "' }.state")));
    }

    void ask(String swarmId, String what) {
        member().post("/api/swarms/" + swarmId + "/" + what).then().statusCode(202);
    }

    static void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        WorkspaceStage.await(atMost, condition, what);
    }

    @Override
    public void close() {
        stage.close();
        issuer.close();
    }
}
