package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// The main job through the API: a workspace, a conversation, a plan, a swarm.
public final class Work {
    public static final Duration SWARM = Duration.ofSeconds(180);
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "CANCELLED");

    public final Api api;
    public final String workspaceId;

    private Work(Api api, String workspaceId) {
        this.api = api;
        this.workspaceId = workspaceId;
    }

    public static Work in(Api api, String workspaceId) {
        return new Work(api, workspaceId);
    }

    /// A new workspace, once it is RUNNING.
    public static Work inNewWorkspace(Api api, String name) {
        String id =
                api.post("/api/workspaces", "{\"name\": \"%s\"}".formatted(name))
                        .expect(202)
                        .json()
                        .get("id")
                        .asText();
        var work = new Work(api, id);
        work.awaitRunning(Duration.ofSeconds(40));
        return work;
    }

    public void awaitRunning(Duration atMost) {
        Await.until(
                "the workspace to run",
                atMost,
                () -> workspace().path("state").asText().equals("RUNNING"),
                () -> workspace().toString());
    }

    public JsonNode workspace() {
        return api.get("/api/workspaces/" + workspaceId).json();
    }

    /// Says it in a new conversation and waits for the plan of the local planner.
    public JsonNode plan(String text) {
        String conversation =
                api.post("/api/conversations", "{\"workspaceId\": \"%s\"}".formatted(workspaceId))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText();
        String messages = "/api/conversations/" + conversation + "/messages";
        var message = Api.JSON.createObjectNode().put("text", text).put("planner", "local");
        api.post(messages, message.toString()).expect(202);
        Await.until(
                "a plan",
                Duration.ofSeconds(20),
                () -> planId(api.get(messages).json()) != null,
                () -> api.get(messages).body());
        String planId = String.valueOf(planId(api.get(messages).json()));
        return api.get("/api/plans/" + planId).expect(200).json();
    }

    private static @org.jspecify.annotations.Nullable String planId(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(m -> m.has("planId"))
                .map(m -> m.get("planId").asText())
                .findFirst()
                .orElse(null);
    }

    /// Replaces the plan's tasks as a client would: read, change, write with the ETag that was
    /// read.
    public JsonNode edit(JsonNode plan, Consumer<ObjectNode> change) {
        String path = "/api/plans/" + plan.get("id").asText();
        Api.Answer read = api.get(path).expect(200);
        ObjectNode body = (ObjectNode) read.json();
        change.accept(body);
        String etag = String.valueOf(read.headers().get("etag"));
        return api.put(path, body.toString(), etag).expect(200).json();
    }

    /// A plan of our own making, put in place of a proposed one.
    public JsonNode customPlan(ObjectNode... tasks) {
        return edit(
                plan("Build me a REST API with auth"),
                body -> {
                    ArrayNode own = body.putArray("tasks");
                    List.of(tasks).forEach(own::add);
                });
    }

    public static ObjectNode commandTask(String id, String check, String... command) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("title", "Task " + id)
                        .put("role", "developer")
                        .put("adapter", "command");
        ArrayNode argv = task.putArray("command");
        List.of(command).forEach(argv::add);
        task.putArray("dependsOn");
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }

    public String approve(JsonNode plan) {
        return api.post("/api/plans/" + plan.get("id").asText() + "/approve")
                .expect(201)
                .json()
                .get("swarmId")
                .asText();
    }

    public JsonNode swarm(String swarmId) {
        return api.get("/api/swarms/" + swarmId).expect(200).json();
    }

    public JsonNode awaitSwarm(String swarmId, String what, Predicate<JsonNode> condition) {
        return awaitSwarm(swarmId, what, SWARM, condition);
    }

    public JsonNode awaitSwarm(
            String swarmId, String what, Duration atMost, Predicate<JsonNode> condition) {
        Await.until(
                what,
                atMost,
                () -> condition.test(swarm(swarmId)),
                () -> swarm(swarmId).toPrettyString());
        return swarm(swarmId);
    }

    public JsonNode awaitState(String swarmId, String state) {
        return awaitState(swarmId, state, SWARM);
    }

    public JsonNode awaitState(String swarmId, String state, Duration atMost) {
        JsonNode swarm =
                awaitSwarm(
                        swarmId,
                        state,
                        atMost,
                        s -> s.get("state").asText().equals(state) || hasEnded(s));
        assertThat(swarm.get("state").asText()).as(swarm.toPrettyString()).isEqualTo(state);
        return swarm;
    }

    /// Says it to every agent of a swarm.
    public void tell(String swarmId, String text) {
        String message = Api.JSON.createObjectNode().put("text", text).toString();
        api.post("/api/swarms/" + swarmId + "/messages", message).expect(202);
    }

    public List<JsonNode> panes() {
        return list(api.get("/api/terminal/panes?workspaceId=" + workspaceId).expect(200).json());
    }

    public List<JsonNode> runningPanes() {
        return panes().stream().filter(p -> p.get("state").asText().equals("RUNNING")).toList();
    }

    public static boolean hasEnded(JsonNode swarm) {
        return ENDED.contains(swarm.get("state").asText());
    }

    public static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /// Processes of agents that have a pid now.
    public static List<Long> pids(JsonNode swarm) {
        return list(swarm.get("agents")).stream()
                .filter(a -> a.has("pid"))
                .map(a -> a.get("pid").asLong())
                .toList();
    }
}
