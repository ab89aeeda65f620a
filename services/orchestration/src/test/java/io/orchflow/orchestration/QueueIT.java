package io.orchflow.orchestration;

import static io.orchflow.orchestration.TestSystem.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The merge queue before a merge: what would conflict, and a person's look at the changes.
class QueueIT {
    private static final String UNTIL_TOLD =
            "; while ! [ -s $ORCHFLOW_INBOX ]; do sleep 0.1; done; echo done";

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static Map<String, Object> reviewed(Map<String, Object> task) {
        var all = new HashMap<>(task);
        all.put("review", true);
        return all;
    }

    private static JsonObject answer(String decision, String commit) {
        return new JsonObject().put("decision", decision).put("commit", commit);
    }

    private static boolean waits(JsonPath swarm) {
        return "OPEN".equals(swarm.getString("tasks[0].review.state"));
    }

    @Test
    void aConflictIsToldWhileBothAreStillAtWork() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "echo mine > shared.txt" + UNTIL_TOLD,
                                        "test -f shared.txt"),
                                task(
                                        "b",
                                        "echo other > shared.txt" + UNTIL_TOLD,
                                        "test -f shared.txt")));

        var swarm = system.await(id, s -> s.get("conflicts") != null);

        assertThat(swarm.<Map<String, Object>>getList("conflicts"))
                .containsExactly(
                        Map.of(
                                "taskId",
                                "a",
                                "kind",
                                "TASK",
                                "with",
                                "b",
                                "paths",
                                List.of("shared.txt")));
        assertThat(swarm.getList("agents.state")).containsOnly("WORKING");
        system.member()
                .body(new JsonObject().put("text", "go").encode())
                .post("/api/swarms/" + id + "/messages")
                .then()
                .statusCode(202);
        var ended = system.await(id, "FAILED");
        assertThat(ended.getList("tasks.state")).containsExactlyInAnyOrder("DONE", "FAILED");
        assertThat(ended.getString("tasks.find { it.state == 'FAILED' }.reason"))
                .isEqualTo("merge conflict in shared.txt");
        system.await(id, s -> s.getList("conflicts") == null);
    }

    @Test
    void changesAreMergedOnceAPersonHasTakenThem() {
        var id =
                system.swarm(List.of(reviewed(task("a", "echo one > one.txt", "test -f one.txt"))));
        var waiting = system.await(id, QueueIT::waits);
        assertThat(waiting.getString("tasks[0].state")).isEqualTo("VERIFYING");
        var commit = waiting.getString("tasks[0].review.commit");
        var path = "/api/swarms/" + id + "/tasks/a/review";

        system.member().body(answer("perhaps", commit).encode()).post(path).then().statusCode(400);
        system.member().body(answer("return", commit).encode()).post(path).then().statusCode(400);
        system.member()
                .body(answer("accept", "0".repeat(40)).encode())
                .post(path)
                .then()
                .statusCode(409)
                .body("detail", containsString(commit));
        system.stranger().body(answer("accept", commit).encode()).post(path).then().statusCode(404);
        system.member()
                .get("/api/swarms/" + id + "/tasks/a/diff")
                .then()
                .body(containsString("+one"));
        system.member().body(answer("accept", commit).encode()).post(path).then().statusCode(202);

        var done = system.await(id, "COMPLETED");
        assertThat(done.getString("tasks[0].review.state")).isEqualTo("ACCEPTED");
        system.member()
                .body(answer("accept", commit).encode())
                .post(path)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:orchflow:problem:wrong-state"));
    }

    @Test
    void whatIsSentBackSaysWhy() {
        var id =
                system.swarm(List.of(reviewed(task("a", "echo one > two.txt", "test -f two.txt"))));
        var commit = system.await(id, QueueIT::waits).getString("tasks[0].review.commit");
        var comment =
                new JsonObject()
                        .put("path", "two.txt")
                        .put("hunk", "@@ -0,0 +1 @@")
                        .put("text", "two, not one");

        system.member()
                .body(answer("return", commit).put("comments", List.of(comment)).encode())
                .post("/api/swarms/" + id + "/tasks/a/review")
                .then()
                .statusCode(202);

        assertThat(system.await(id, "FAILED").getString("tasks[0].reason"))
                .isEqualTo("sent back in review\ntwo.txt @@ -0,0 +1 @@: two, not one");
    }
}
