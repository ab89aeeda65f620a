package io.orchflow.orchestration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.access.Role;
import io.orchflow.access.TestIssuer;
import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.SharedInfrastructure;
import io.orchflow.events.Ids;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Packaged workspaces and orchestration services on shared infrastructure, with one running
/// workspace and its real agent.
final class TestSystem implements AutoCloseable {
    static final String TEAM = Ids.next();
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestIssuer issuer = new TestIssuer();
    private final Map<String, String> environment;
    private final PackagedService workspaces;
    final PackagedService orchestration;
    final String workspaceId;

    TestSystem() {
        var forWorkspaces = new HashMap<>(SharedInfrastructure.environment("workspaces", "true"));
        environment = new HashMap<>(SharedInfrastructure.environment("orchestration", "true"));
        var recipes = Path.of("../../workspace-container/recipes").toAbsolutePath().normalize();
        for (var each : List.of(forWorkspaces, environment)) {
            each.put("ORCHFLOW_AUTH_URL", issuer.url());
            each.put("ORCHFLOW_RUNTIME_DIR", forWorkspaces.get("ORCHFLOW_RUNTIME_DIR"));
            each.put("ORCHFLOW_RECIPES_DIR", recipes.toString());
        }
        forWorkspaces.put("ORCHFLOW_STOP_WORKSPACES", "true");
        forWorkspaces.put(
                "ORCHFLOW_AGENT_JAR",
                PackagedService.runner(Path.of("../../workspace-container/agent"), "agent")
                        .toAbsolutePath()
                        .toString());
        workspaces =
                new PackagedService(
                        "workspaces",
                        PackagedService.runner(Path.of("../workspaces"), "workspaces"),
                        forWorkspaces);
        orchestration =
                new PackagedService(
                        "orchestration",
                        PackagedService.runner(Path.of("."), "orchestration"),
                        environment);
        workspaceId = startWorkspace("swarms");
    }

    String startWorkspace(String name) {
        var people = as("owner", Role.OWNER).baseUri(workspaces.url());
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
        redis("SET", "orchflow:grant:session-" + userId, "1");
        return with(issuer.user(userId, TEAM, role));
    }

    RequestSpecification stranger() {
        return with(issuer.user("stranger", Ids.next(), Role.OWNER));
    }

    String token(String userId, Role role) {
        redis("SET", "orchflow:grant:session-" + userId, "1");
        return issuer.user(userId, TEAM, role);
    }

    private RequestSpecification with(String token) {
        return given().baseUri(orchestration == null ? "" : orchestration.url())
                .auth()
                .oauth2(token)
                .contentType("application/json");
    }

    void revoke(String userId) {
        redis("DEL", "orchflow:grant:session-" + userId);
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

    String say(String conversationId, String text) {
        return member().body(Map.of("text", text))
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

    // ------------------------------------------------------------------------------ parts

    /// One command in the Redis protocol (RESP), for which no client is worth while.
    private void redis(String... words) {
        var url = URI.create(String.valueOf(environment.get("ORCHFLOW_REDIS_URL")));
        var password = url.getUserInfo().substring(url.getUserInfo().indexOf(':') + 1);
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var out = socket.getOutputStream();
            out.write(command("AUTH", password));
            out.write(command(words));
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("+OK\r\n");
            assertThat(socket.getInputStream().read()).isIn((int) '+', (int) ':');
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] command(String... words) {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Override
    public void close() {
        orchestration.close();
        workspaces.close();
        issuer.close();
    }
}
