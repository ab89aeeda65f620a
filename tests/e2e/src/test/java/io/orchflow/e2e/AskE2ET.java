package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A program that asks for a person gets one.
@ExtendWith(Shared.class)
class AskE2ET {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Api api;

    AskE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    @Test
    void aProgramThatRingsTheBellIsAnsweredInItsPane() {
        Work work = Work.inNewWorkspace(api, "ask");
        String swarmId =
                work.approve(
                        work.customPlan(
                                Work.commandTask(
                                        "ask",
                                        "grep -qx blue answer.txt",
                                        "sh",
                                        "-c",
                                        "printf \"\\a\"; read x; echo \"$x\" > answer.txt; sleep 2")));
        JsonNode asking = work.awaitSwarm(swarmId, "a question", s -> isState(s, "NEEDS_YOU"));
        JsonNode agent = asking.get("agents").get(0);
        assertThat(agent.get("reason").asText()).isEqualTo("It rang the bell.");
        assertThat(Instant.parse(agent.get("since").asText())).isBefore(Instant.now());

        try (var pane = PaneSocket.attach(api, agent.get("paneId").asText(), "driver", null)) {
            pane.say("{\"type\": \"lease\", \"take\": true}");
            Await.until("the lease", SOON, () -> holds(pane));
            pane.type("blue\r");
            JsonNode working =
                    work.awaitSwarm(swarmId, "work again", SOON, s -> isState(s, "WORKING"));
            assertThat(working.get("agents").get(0).has("reason")).isFalse();
        }

        JsonNode done = work.awaitState(swarmId, "COMPLETED");
        assertThat(done.get("tasks").get(0).get("state").asText()).isEqualTo("DONE");
        assertThat(
                        new String(
                                api.bytes("/api/workspaces/" + work.workspaceId + "/archive"),
                                StandardCharsets.ISO_8859_1))
                .contains("answer.txt");
    }

    private static boolean isState(JsonNode swarm, String state) {
        return swarm.path("agents").path(0).path("state").asText().equals(state);
    }

    private static boolean holds(PaneSocket pane) {
        return pane.texts.stream()
                .filter(t -> t.path("type").asText().equals("lease"))
                .anyMatch(t -> t.path("holder").path("kind").asText().equals("user"));
    }
}
