package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From a chat message to verified results in the repository, by API alone.
@ExtendWith(Shared.class)
class StoryE2ET {
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Api api;

    StoryE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    @Test
    void aMessageBecomesVerifiedWork() throws IOException {
        Work work = Work.inNewWorkspace(api, "story");
        JsonNode plan = work.plan("Build me a REST API with auth");
        assertThat(plan.get("tasks").size()).isBetween(3, 8);
        assertThat(plan.get("source").asText()).isEqualTo("local");

        String swarmId = work.approve(plan);
        Set<Long> seen = new HashSet<>();
        int[] mostAtOnce = {0};
        JsonNode done =
                work.awaitSwarm(
                        swarmId,
                        "the end of the swarm",
                        s -> {
                            mostAtOnce[0] = Math.max(mostAtOnce[0], livePids(s, seen));
                            return Work.hasEnded(s);
                        });

        assertThat(done.get("state").asText()).as(done.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(seen).as("agents seen alive").isNotEmpty();
        assertThat(mostAtOnce[0]).as("agents alive at once").isGreaterThan(1);
        assertProven(done);
        Map<String, String> files =
                unzip(api.bytes("/api/workspaces/" + work.workspaceId + "/archive"));
        assertThat(files).containsKey("package.json");
        assertUsable(work, done);
    }

    /// The lines that tell how to use the result, typed by a person.
    private void assertUsable(Work work, JsonNode done) {
        List<String> lines =
                Work.list(done.get("howToRun")).stream()
                        .map(line -> line.get("command").asText())
                        .toList();
        assertThat(lines).hasSize(3).contains("node src/main.js");
        String pane =
                "{\"workspaceId\": \"%s\", \"options\": {\"cols\": 120}}"
                        .formatted(work.workspaceId);
        JsonNode opened = api.post("/api/terminal/pane", pane).expect(201).json();
        try (var shell = PaneSocket.open(api, opened.get("wsUrl").asText(), null)) {
            Await.until("the lease", SHORT, () -> !shell.texts.isEmpty());
            shell.type(lines.get(0) + "\r");
            Await.until(
                    "the server",
                    SHORT,
                    () -> shell.outputText().contains("listening on http"),
                    shell::outputText);
            shell.type("\u0003");
            shell.type(lines.get(1) + "; echo ended-$?\r");
            Await.until(
                    "the tour",
                    SHORT,
                    () -> shell.outputText().contains("POST /login -> 200"),
                    shell::outputText);
        }
    }

    /// A shown pid is a live process of that agent.
    private static int livePids(JsonNode swarm, Set<Long> seen) {
        int alive = 0;
        for (JsonNode agent : swarm.get("agents")) {
            if (agent.has("pid")) {
                long pid = agent.get("pid").asLong();
                if (Kernel.runs(pid)) {
                    seen.add(pid);
                    alive++;
                }
                assertThat(agent.get("state").asText()).isNotEqualTo("EXITED");
            }
        }
        return alive;
    }

    static void assertProven(JsonNode swarm) {
        for (JsonNode task : swarm.get("tasks")) {
            assertThat(task.get("state").asText()).isEqualTo("DONE");
            assertThat(task.get("evidence")).as(task.toPrettyString()).isNotEmpty();
            for (JsonNode evidence : task.get("evidence")) {
                assertThat(evidence.get("exitCode").asInt()).isZero();
                assertThat(evidence.get("commit").asText()).matches("[0-9a-f]{40}");
                assertThat(evidence.get("outputSha256").asText()).matches("[0-9a-f]{64}");
                assertThat(evidence.get("checkSha256").asText()).matches("[0-9a-f]{64}");
            }
        }
        assertThat(swarm.get("progress").get("done").asInt()).isEqualTo(swarm.get("tasks").size());
    }

    @Test
    void theRequestDecidesWhatIsBuilt() throws IOException {
        Map<String, String> books = built("Build a REST API with auth for a book shop", "books");
        Map<String, String> cars = built("Build a REST API with auth for a car rental", "cars");

        assertThat(String.join("\n", books.values()).toLowerCase(java.util.Locale.ROOT))
                .contains("book");
        assertThat(books).isNotEqualTo(cars);
        assertThat(String.join("\n", cars.values()).toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("bookshop");
    }

    private Map<String, String> built(String request, String name) throws IOException {
        Work work = Work.inNewWorkspace(api, name);
        String swarmId = work.approve(work.plan(request));
        work.awaitState(swarmId, "COMPLETED");
        return unzip(api.bytes("/api/workspaces/" + work.workspaceId + "/archive"));
    }

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        var files = new HashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                files.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void aPlanIsApprovedOnce() {
        Work work = Work.inNewWorkspace(api, "once");
        JsonNode plan = work.plan("Build me a command-line tool with tests");
        String swarmId = work.approve(plan);

        Api.Answer again = api.post("/api/plans/" + plan.get("id").asText() + "/approve");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("swarmId").asText()).isEqualTo(swarmId);
        work.awaitState(swarmId, "COMPLETED");
    }

    @Test
    void whatNothingFitsGetsNoPlan() {
        Work work = Work.inNewWorkspace(api, "nofit");
        Api.Answer preview =
                api.post(
                        "/api/plans/preview",
                        "{\"workspaceId\": \"%s\", \"text\": \"%s\"}"
                                .formatted(
                                        work.workspaceId,
                                        "Port the Linux kernel scheduler to Haskell"));

        assertThat(preview.status()).as(preview.body()).isBetween(200, 422);
        if (preview.status() == 200) {
            assertThat(preview.json().path("tasks").size()).as(preview.body()).isZero();
        }
    }
}
