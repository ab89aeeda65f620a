package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The real opencode over the Agent Client Protocol, offline: orchflow is its client, and each
/// command that it runs is a pane.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcpE2ET {
    private static final String KEY = "sk-canary-77c1e0b2a94d";

    private Orchflow orchflow;
    private Api api;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        orchflow = Orchflow.start(data, Programs.installed()).awaitReady();
        api = Api.signUp(orchflow);
    }

    @AfterAll
    void stop() {
        orchflow.close();
    }

    private static ObjectNode task(String id, String prompt, String check, String... dependsOn) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("title", "Task " + id)
                        .put("role", "developer")
                        .put("adapter", "acp")
                        .put("profile", "opencode-acp")
                        .put("prompt", prompt);
        var needs = task.putArray("dependsOn");
        List.of(dependsOn).forEach(needs::add);
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }

    private static Script project() {
        return Script.steps()
                .when(
                        "the module money.mjs",
                        Turn.run(
                                "mkdir -p test && echo \"export const add = (a, b) => a + b;\" > money.mjs && echo \"import { test } from 'node:test'; import assert from 'node:assert'; import { add } from '../money.mjs'; test('adds', () => assert.equal(add(1, 2), 3));\" > test/money.test.mjs"),
                        Turn.run(
                                "node --test test/ && git add -A && git commit -qm Money; test -t 1 && echo on a terminal"),
                        Turn.say("The module adds."))
                .when(
                        "the program cli.mjs",
                        Turn.run(
                                "echo \"import { add } from './money.mjs'; console.log(add(1, 2));\" > cli.mjs"),
                        Turn.run("node cli.mjs"),
                        Turn.say("The program prints the sum."))
                .when(
                        "the page README.md",
                        Turn.run(
                                "printf '# Money\\n\\nnode cli.mjs\\n' > README.md; echo page written"),
                        Turn.say("The page says how to use it."));
    }

    /// Panes of agents besides those that the agents run in.
    private List<JsonNode> terminals(Work work, JsonNode swarm) {
        var own = swarm.get("agents").findValuesAsText("paneId");
        var agents = swarm.get("agents").findValuesAsText("id");
        return Work.list(
                        api.get("/api/terminal/panes?workspaceId=" + work.workspaceId)
                                .expect(200)
                                .json())
                .stream()
                .filter(pane -> agents.contains(pane.path("agentId").asText()))
                .filter(pane -> !own.contains(pane.get("paneId").asText()))
                .toList();
    }

    /// The terminal of the second test. (A pane whose agent is not known to run in it yet is none.)
    private List<JsonNode> counting(Work work, JsonNode swarm) {
        return terminals(work, swarm).stream()
                .filter(pane -> pane.path("title").asText().startsWith("for i in"))
                .toList();
    }

    @Test
    void opencodeBuildsASmallProjectAndItsTerminalsArePanes() throws Exception {
        try (ModelServer model = ScriptedModel.of(api, project(), KEY, "chat")) {
            var work = Work.inNewWorkspace(api, "acp");
            String swarmId =
                    work.approve(
                            work.customPlan(
                                    task(
                                            "money",
                                            "Write the module money.mjs, with a test.",
                                            "node --test test/money.test.mjs"),
                                    task(
                                            "cli",
                                            "Write the program cli.mjs.",
                                            "test \"$(node cli.mjs)\" = 3",
                                            "money"),
                                    task(
                                            "page",
                                            "Write the page README.md.",
                                            "grep -q cli.mjs README.md",
                                            "money")));

            JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

            var said = new StringBuilder(swarm.toPrettyString());
            swarm.get("agents")
                    .findValuesAsText("paneId")
                    .forEach(id -> said.append(Shown.in(api, id)));
            assertThat(swarm.get("state").asText()).as(said.toString()).isEqualTo("COMPLETED");
            assertThat(swarm.get("tasks").findValuesAsText("state")).containsOnly("DONE");
            assertThat(swarm.get("agents").findValuesAsText("adapter")).containsOnly("acp");
            assertThat(said)
                    .contains("The module adds.")
                    .contains("node --test test/")
                    .contains("The page says how to use it.");
            var panes = terminals(work, swarm);
            assertThat(panes).as(said.toString()).hasSizeGreaterThanOrEqualTo(5);
            var output = new ArrayList<String>();
            panes.forEach(pane -> output.add(Shown.in(api, pane.get("paneId").asText())));
            assertThat(String.join("\n", output))
                    .contains("on a terminal")
                    .contains("page written");
            assertThat(panes).anyMatch(pane -> pane.get("title").asText().equals("node cli.mjs"));
            var usage = swarm.get("usage");
            assertThat(usage.get("tokensIn").asLong() + usage.get("tokensOut").asLong())
                    .isEqualTo(model.billed());
            assertThat(said.append(output)).doesNotContain(KEY);
        }
    }

    @Test
    void aTerminalIsPausedAndEndedWithItsAgent() throws Exception {
        var ticks = "for i in $(seq 400); do echo tick $i; sleep 0.1; done";
        var script = Script.steps().when("Count", Turn.run(ticks), Turn.say("Counted."));
        try (ModelServer _ = ScriptedModel.of(api, script, KEY, "chat")) {
            var work = Work.inNewWorkspace(api, "acp-pause");
            String swarmId = work.approve(work.customPlan(task("count", "Count.", "true")));
            JsonNode working =
                    work.awaitSwarm(swarmId, "a terminal", s -> !counting(work, s).isEmpty());
            String pane = counting(work, working).getFirst().get("paneId").asText();
            try (var seen = PaneSocket.attach(api, pane, "viewer", 0L)) {
                Await.until(
                        "ticks", Duration.ofSeconds(5), () -> seen.outputText().contains("tick 3"));
                api.post("/api/swarms/" + swarmId + "/pause").expect(202);
                work.awaitState(swarmId, "PAUSED");
                Thread.sleep(500);
                var frozen = seen.outputText();
                Thread.sleep(1_500);
                assertThat(seen.outputText()).isEqualTo(frozen);
                api.post("/api/swarms/" + swarmId + "/resume").expect(202);
                Await.until(
                        "more ticks",
                        Duration.ofSeconds(5),
                        () -> seen.outputText().length() > frozen.length() + 20);
                var numbers = numbers(seen.outputText());
                assertThat(numbers)
                        .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
            }
            List<Long> tree = tree(working);

            api.post("/api/swarms/" + swarmId + "/cancel").expect(202);
            work.awaitState(swarmId, "CANCELLED");

            assertThat(tree).noneMatch(Kernel::runs);
            Await.until(
                    "the end of the terminal",
                    Duration.ofSeconds(5),
                    () ->
                            counting(work, working)
                                    .getFirst()
                                    .path("state")
                                    .asText()
                                    .equals("EXITED"));
        }
    }

    private static List<Long> tree(JsonNode swarm) {
        return Work.pids(swarm).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid)
                .toList();
    }

    private static List<Integer> numbers(String output) {
        return output.lines()
                .filter(line -> line.matches("tick \\d+\\s*"))
                .map(line -> Integer.valueOf(line.strip().substring(5)))
                .toList();
    }
}
