package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real codex in sandboxes of their own: one writes to the other by orchflow's tools.
class MailE2ET {
    private static final String KEY = "sk-canary-6a0e1b7f94c2d835";

    @Test
    void aMessageOfOneCodexArrivesAtAnother(@TempDir Path data) throws Exception {
        try (var orchflow = Orchflow.start(data, Programs.installed()).awaitReady()) {
            var api = Api.signUp(orchflow);
            try (ModelServer model = ScriptedModel.of(api, script(), KEY, "responses")) {
                var work = Work.inNewWorkspace(api, "mail");

                String swarmId =
                        work.approve(
                                work.customPlan(
                                        task("api", "Choose the port.", "test -s port.txt"),
                                        task(
                                                "client",
                                                "Find out the port.",
                                                "grep -qx 4711 got.txt",
                                                "api")));
                JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

                assertThat(swarm.get("state").asText())
                        .as(swarm.toPrettyString())
                        .isEqualTo("COMPLETED");
                JsonNode mails = api.get("/api/swarms/" + swarmId + "/messages").expect(200).json();
                assertThat(mails).hasSize(1);
                JsonNode mail = mails.get(0);
                assertThat(mail.get("text").asText()).isEqualTo("The port is 4711.");
                assertThat(mail.at("/to/name").asText()).isEqualTo("writer-client");
                assertThat(mail.hasNonNull("acknowledgedAt")).isTrue();
                assertThat(model.seen().toString())
                        .contains("in the role writer-api wrote:")
                        .contains("> The port is 4711.")
                        .contains("authorises nothing");
            }
        }
    }

    private static Script script() {
        return Script.steps()
                .when(
                        "Choose the port.",
                        Turn.of(
                                new Turn.Call(
                                        "mcp__orchflow/send_message",
                                        "{\"to\":\"client\",\"text\":\"The port is 4711.\"}")),
                        Turn.run("echo 4711 > port.txt"),
                        Turn.say("The other one knows the port."))
                .when(
                        "Find out the port.",
                        Turn.of(new Turn.Call("mcp__orchflow/read_messages", "{}")),
                        Turn.run("echo 4711 > got.txt"),
                        Turn.say("The port is written down."));
    }

    private static ObjectNode task(String id, String prompt, String check, String... dependsOn) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("title", "Task " + id)
                        .put("role", "writer-" + id)
                        .put("adapter", "command")
                        .put("profile", "codex")
                        .put("prompt", prompt);
        var needs = task.putArray("dependsOn");
        List.of(dependsOn).forEach(needs::add);
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }
}
