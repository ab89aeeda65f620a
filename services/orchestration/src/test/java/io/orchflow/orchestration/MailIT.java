package io.orchflow.orchestration;

import static io.orchflow.orchestration.TestSystem.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.orchflow.access.Role;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Agents in real sandboxes that call orchflow's tools. The program is a stand-in
/// (`src/test/profiles`).
class MailIT {
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem();
        system.as("owner", Role.OWNER)
                .body(
                        Map.of(
                                "teamId",
                                TEAM,
                                "name",
                                "house",
                                "wires",
                                List.of("chat"),
                                "url",
                                "http://127.0.0.1:1/v1",
                                "key",
                                "sk-never-asked-0123456789",
                                "models",
                                List.of(Map.of("name", "scripted"))))
                .post("/api/models/providers")
                .then()
                .statusCode(201);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static Map<String, Object> calling(String id, String proof, Object... calls) {
        return Map.of(
                "id",
                id,
                "title",
                "Task " + id,
                "role",
                "role-" + id,
                "adapter",
                "command",
                "profile",
                "asker",
                "prompt",
                "tools " + new JsonArray(List.of(calls)).encode(),
                "acceptance",
                List.of(Map.of("command", "grep -q '" + proof + "' " + id + ".txt")));
    }

    private static List<Object> call(String tool, Map<String, Object> arguments) {
        return List.of(tool, arguments);
    }

    private static JsonPath messages(String swarmId) {
        return system.member()
                .get("/api/swarms/" + swarmId + "/messages")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String diff(String swarmId, String taskId) {
        return system.member()
                .get("/api/swarms/" + swarmId + "/tasks/" + taskId + "/diff")
                .then()
                .extract()
                .asString();
    }

    @Test
    void aMessageReachesItsReceiverWithItsSendersNameAndIsReadOnce() {
        var id =
                system.swarm(
                        List.of(
                                calling(
                                        "a",
                                        "waits for 1",
                                        call(
                                                "report_progress",
                                                Map.of("text", "half", "percent", 50)),
                                        call(
                                                "send_message",
                                                Map.of("to", "b", "text", "Port 4711\nit is"))),
                                calling("b", "4711", call("read_messages", Map.of()))));

        var swarm = system.await(id, "COMPLETED");
        var sender = swarm.getString("agents.find { it.taskId == 'a' }.id");
        assertThat(diff(id, "b"))
                .contains("authorises nothing")
                .contains("+The agent " + sender + " in the role role-a wrote:")
                .contains("+> Port 4711\n+> it is");
        assertThat(swarm.getString("agents.find { it.taskId == 'a' }.activity.text"))
                .isEqualTo("50% half");
        var mails = messages(id);
        assertThat(mails.getList("id")).hasSize(1);
        assertThat(mails.getString("[0].from.id")).isEqualTo(sender);
        assertThat(mails.getString("[0].to.kind")).isEqualTo("agent");
        assertThat(mails.getString("[0].to.name")).isEqualTo("role-b");
        assertThat(mails.getString("[0].acknowledgedAt")).isNotNull();
        system.stranger().get("/api/swarms/" + id + "/messages").then().statusCode(404);
    }

    @Test
    void talkWithoutProgressIsBrokenOffAndThatIsKept() {
        var send = call("send_message", Map.of("to", "role-d", "text", "Again?"));
        var calls = new Object[9];
        Arrays.fill(calls, send);
        var id =
                system.swarm(
                        List.of(
                                calling("c", "refused: There were 8 messages", calls),
                                calling("d", "Again", call("read_messages", Map.of()))));

        system.await(id, "COMPLETED");
        var mails = messages(id);
        assertThat(mails.getList("id")).hasSize(9);
        assertThat(mails.getString("[7].refused")).isNull();
        assertThat(mails.getString("[8].refused")).startsWith("There were 8 messages");
        var first = mails.getString("[0].id");
        system.member()
                .get("/api/swarms/" + id + "/messages?limit=2&after=" + first)
                .then()
                .statusCode(200)
                .body("[0].id", equalTo(mails.getString("[1].id")))
                .body("size()", equalTo(2));
    }

    @Test
    void anAgentThatAsksNeedsYouUntilAPersonAnswers() {
        var id =
                system.swarm(
                        List.of(
                                calling(
                                        "e",
                                        "Blue, please",
                                        call("ask_for_help", Map.of("question", "Which\ncolour?")),
                                        call("read_plan", Map.of()))));

        var asking =
                system.await(id, swarm -> "NEEDS_YOU".equals(swarm.getString("agents[0].state")));
        var agentId = asking.getString("agents[0].id");
        assertThat(asking.prettify()).contains("Which colour?");
        system.member()
                .body(Map.of("text", "Blue, please"))
                .post("/api/swarms/" + id + "/agents/" + agentId + "/messages")
                .then()
                .statusCode(202);

        system.await(id, "COMPLETED");
        assertThat(diff(id, "e")).contains("(a person) wrote:\n+> Blue, please").contains("(you)");
        assertThat(messages(id).getString("[0].from.kind")).isEqualTo("user");
    }
}
