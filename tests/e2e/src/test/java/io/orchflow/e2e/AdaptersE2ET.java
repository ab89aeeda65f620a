package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One contract for every adapter: what each can do is done, for whatever is installed here. The
/// table is left in `target/adapters.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdaptersE2ET {
    private static final String KEY = "sk-contract-51c0";
    private static final String OURS = "model";
    private static final String ACP = "opencode-acp";
    private static final String SLOW = "a slow job";
    private static final String LINE = "| %s | %s | %s | %s | %s | %s | %s | %s |";

    private Orchflow orchflow;
    private Api api;
    private ModelServer model;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        orchflow = Orchflow.start(data, Programs.installed()).awaitReady();
        api = Api.signUp(orchflow);
        model = ModelServer.start(script(), KEY);
        String team = api.get("/api/auth/me").expect(200).json().at("/teams/0/teamId").asText();
        ObjectNode body =
                Api.JSON
                        .createObjectNode()
                        .put("teamId", team)
                        .put("name", "scripted")
                        .put("url", model.url() + "/v1")
                        .put("key", KEY);
        body.putArray("wires").add("responses").add("chat").add("messages");
        body.putArray("models").addObject().put("name", "scripted");
        api.post("/api/models/providers", body.toString()).expect(201);
    }

    @AfterAll
    void stop() throws IOException {
        model.close();
        orchflow.close();
    }

    private static Script script() {
        return Script.steps()
                .when(SLOW, Turn.run("echo begun > begun; sleep 600"), Turn.say("Slept."))
                .when(
                        "a quick job",
                        Turn.run("sleep 2; echo done > done"),
                        Turn.say("It is done."));
    }

    /// What makes a task of one adapter.
    private record Kind(String name, String label, Function<Boolean, ObjectNode> task) {}

    private static ObjectNode task(String adapter, String check) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", "t")
                        .put("title", "Task")
                        .put("role", "developer")
                        .put("adapter", adapter);
        task.putArray("dependsOn");
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }

    private static ObjectNode command(String check, String line) {
        ObjectNode task = task("command", check);
        task.putArray("command").add("sh").add("-c").add(line);
        return task;
    }

    /// @param id of an agent program; `model` for the agent of ours, which is an adapter itself
    private static ObjectNode program(String kind, String id, boolean slow) {
        boolean ours = id.equals(OURS);
        ObjectNode task =
                task(kind, slow ? "test -f begun" : "test -f done")
                        .put("prompt", slow ? "Do " + SLOW + "." : "Do a quick job.");
        return ours ? task : task.put("profile", id);
    }

    private Kind recipe() {
        return new Kind(
                "recipe",
                "structured",
                _ -> {
                    JsonNode first =
                            Work.inNewWorkspace(api, "catalogue")
                                    .plan("Build a command line tool that keeps notes")
                                    .get("tasks")
                                    .get(0);
                    ObjectNode task = first.deepCopy();
                    task.putArray("dependsOn");
                    return task;
                });
    }

    private static Kind plain() {
        return new Kind(
                "command",
                "observed",
                slow ->
                        slow
                                ? command("test -f begun", "echo begun > begun; sleep 600")
                                : command("test -f done", "echo done > done; echo It is done."));
    }

    @Test
    void everyAdapterKeepsTheContractOrIsNotInstalledHere() throws IOException {
        var lines = new ArrayList<String>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        LINE,
                        "adapter",
                        "label",
                        "launch, verified DONE",
                        "streams to its pane",
                        "freeze and go on",
                        "cancel leaves nothing",
                        "messages, resume",
                        "tokens counted"));
        lines.add("|---|---|---|---|---|---|---|---|");
        lines.add(row(recipe(), false));
        lines.add(row(plain(), false));
        var work = Work.inNewWorkspace(api, "list");
        JsonNode adapters =
                api.get("/api/adapters?workspaceId=" + work.workspaceId).expect(200).json();
        for (JsonNode adapter : adapters) {
            lines.add(row(adapter));
        }

        Files.write(Orchflow.root().resolve("tests/e2e/target/adapters.md"), lines);
        lines.forEach(System.out::println);
        for (String installed : List.of("codex", "opencode", ACP, OURS)) {
            assertThat(lines)
                    .anyMatch(l -> l.startsWith("| " + installed + " |") && l.endsWith("| yes |"));
        }
        assertThat(adapters).hasSizeGreaterThanOrEqualTo(7);
    }

    private String row(JsonNode adapter) {
        String id = adapter.get("id").asText();
        String label = adapter.get("label").asText();
        if (!adapter.get("ready").asBoolean()) {
            String mend = adapter.path("mend").asText(adapter.path("problem").asText());
            return String.format(
                    Locale.ROOT, LINE, id, label, "not here: `" + mend + "`", "", "", "", "", "");
        }
        String kind = adapter.get("kind").asText();
        return row(new Kind(id, label, slow -> program(kind, id, slow)), true);
    }

    private String row(Kind kind, boolean program) {
        var work = Work.inNewWorkspace(api, "contract");
        String swarmId = work.approve(work.customPlan(kind.task().apply(false)));
        JsonNode working =
                work.awaitSwarm(swarmId, kind.name(), s -> Work.hasEnded(s) || started(s));
        if (program) {
            work.tell(swarmId, "Do this as one more turn, please.");
        }
        String paused = program ? freeze(work, swarmId) : "short";
        JsonNode done = work.awaitSwarm(swarmId, "the end of " + kind.name(), Work::hasEnded);
        assertThat(done.get("state").asText()).as(Shown.by(api, done)).isEqualTo("COMPLETED");
        assertThat(Shown.by(api, done)).as(kind.name()).isNotBlank();
        var tokens = done.at("/usage/tokensOut").asLong();
        if (program) {
            assertThat(tokens).isPositive();
            // What was said meanwhile was given in a further turn of the same session (over ACP all
            // are one for the runner), or, to ours, with the result of what it was doing.
            int turns = kind.name().equals(OURS) || kind.name().equals(ACP) ? 1 : 2;
            assertThat(Shown.by(api, done))
                    .contains("one more turn")
                    .containsPattern("(?s)(ended its turn.*){" + turns + "}");
        }
        assertThat(working.get("agents")).isNotEmpty();
        return String.format(
                Locale.ROOT,
                LINE,
                kind.name(),
                kind.label(),
                "yes",
                "yes",
                paused,
                kind.name().equals("recipe") ? "as command" : cancel(kind),
                program ? "yes" : "it takes none",
                program ? "yes" : "it asks no model");
    }

    private static boolean started(JsonNode swarm) {
        return Work.list(swarm.get("agents")).stream()
                .anyMatch(a -> a.get("state").asText().equals("WORKING"));
    }

    private static boolean alive(JsonNode swarm) {
        return !Work.pids(swarm).isEmpty();
    }

    private String freeze(Work work, String swarmId) {
        api.post("/api/swarms/" + swarmId + "/pause").expect(202);
        JsonNode paused = work.awaitState(swarmId, "PAUSED");
        assertThat(alive(paused)).isTrue();
        api.post("/api/swarms/" + swarmId + "/resume").expect(202);
        return "yes";
    }

    private String cancel(Kind kind) {
        var work = Work.inNewWorkspace(api, "cancel");
        String swarmId = work.approve(work.customPlan(kind.task().apply(true)));
        JsonNode working = work.awaitSwarm(swarmId, "work", s -> descendants(s).size() > 2);
        List<Long> tree = descendants(working);
        long begun = System.nanoTime();
        api.post("/api/swarms/" + swarmId + "/cancel").expect(202);
        work.awaitState(swarmId, "CANCELLED");
        long millis = (System.nanoTime() - begun) / 1_000_000;
        assertThat(tree).noneMatch(Kernel::runs);
        return "yes, %d processes in %d ms".formatted(tree.size(), millis);
    }

    private static List<Long> descendants(JsonNode swarm) {
        return Work.pids(swarm).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
    }
}
