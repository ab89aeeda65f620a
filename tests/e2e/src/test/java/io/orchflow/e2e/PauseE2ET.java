package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A pause loses nothing: whoever watches a swarm that was paused ten times in the middle of its
/// output has seen, in the end, what an unpaused one shows: every byte but durations and commit
// ids.
@ExtendWith(Shared.class)
class PauseE2ET {
    private static final String WISH = "Build a command line tool that counts words in files";
    private static final int TIMES = 10;

    /// Durations, ids of commits, which are made of times, and names of temporary folders.
    private static final Pattern VARIES =
            Pattern.compile(
                    "\\d+(\\.\\d+)? m?s\\b|duration_ms:? [\\d.]+|\\b[0-9a-f]{7}\\b|orchflow-try-\\w+|\\([\\d.]+ms\\)");
    private static Map<String, String> unpaused = Map.of();

    private final Api api;

    PauseE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    @ParameterizedTest
    @ValueSource(strings = {"freeze", "hold", "interrupt", "hibernate"})
    void tenPausesChangeNoByteOfWhatIsShown(String level) {
        if (unpaused.isEmpty()) {
            unpaused = run("unpaused", "", 0);
        }

        assertThat(run(level, level, TIMES)).isEqualTo(unpaused);
    }

    /// @return what the last attempt at each task has put out
    private Map<String, String> run(String name, String level, int pauses) {
        Work work = Work.inNewWorkspace(api, name);
        String swarmId = work.approve(work.plan(WISH));
        var viewers = new HashMap<String, PaneSocket>();
        for (int i = 0; i < pauses; i++) {
            inTheMiddleOfOutput(work, swarmId, viewers);
            pause(work, swarmId, level);
            api.post("/api/swarms/" + swarmId + "/resume").expect(202);
            work.awaitSwarm(
                    swarmId,
                    "to go on",
                    s -> s.get("state").asText().equals("RUNNING") && !s.has("wish"));
        }
        viewers.values().forEach(PaneSocket::close);
        JsonNode done = work.awaitState(swarmId, "COMPLETED");
        var shown = new TreeMap<String, String>();
        for (JsonNode agent : Work.list(done.get("agents"))) {
            shown.put(agent.get("taskId").asText(), output(agent));
        }
        return shown;
    }

    /// Until an agent at work has put out more than its program's first lines.
    private void inTheMiddleOfOutput(Work work, String swarmId, Map<String, PaneSocket> viewers) {
        Await.until(
                "output",
                Duration.ofSeconds(30),
                () -> {
                    JsonNode swarm = work.swarm(swarmId);
                    assertThat(Work.hasEnded(swarm)).as("ended too early: %s", swarm).isFalse();
                    return Work.list(swarm.get("agents")).stream()
                            .filter(a -> a.get("state").asText().equals("WORKING"))
                            .map(a -> a.get("paneId").asText())
                            .map(pane -> viewers.computeIfAbsent(pane, this::viewer))
                            .anyMatch(viewer -> viewer.output().length > 500);
                },
                () -> work.swarm(swarmId).toPrettyString());
    }

    private PaneSocket viewer(String paneId) {
        return PaneSocket.attach(api, paneId, "viewer", null);
    }

    private void pause(Work work, String swarmId, String level) {
        api.post("/api/swarms/" + swarmId + "/pause", "{\"level\": \"" + level + "\"}").expect(202);
        if (level.equals("hold")) {
            // What is at work would go on to its end: it is let go on before.
            JsonNode held = work.swarm(swarmId);
            assertThat(held.get("pauseLevel").asText()).isEqualTo("hold");
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            return;
        }
        JsonNode paused = work.awaitState(swarmId, "PAUSED");
        assertThat(paused.get("pausedBy").asText()).isEqualTo("person");
        if (level.equals("hibernate")) {
            assertThat(Work.pids(paused)).isEmpty();
        }
    }

    /// All that its pane has put out so far.
    private String output(JsonNode agent) {
        String paneId = agent.get("paneId").asText();
        try (var viewer = viewer(paneId)) {
            long[] end = {-1};
            Await.until(
                    "what " + paneId + " has put out",
                    Duration.ofSeconds(10),
                    () -> {
                        long before = end[0];
                        end[0] = viewer.nextSeq();
                        LockSupport.parkNanos(50_000_000);
                        return before >= 0 && before == viewer.nextSeq();
                    });
            assertThat(viewer.snapshots()).as("nothing was skipped").isZero();
            return VARIES.matcher(viewer.outputText()).replaceAll("…");
        }
    }
}
