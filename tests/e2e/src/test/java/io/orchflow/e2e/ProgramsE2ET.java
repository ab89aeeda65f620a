package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.events.orchestration.ModelCallEnded;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Real agent programs in real panes, offline: their model is a script.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsE2ET {
    private static final String KEY = "sk-canary-3f8a61d2c7b94e05";

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

    private static ObjectNode task(
            String id, String profile, String prompt, String check, String... dependsOn) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("title", "Task " + id)
                        .put("role", "developer")
                        .put("adapter", "command")
                        .put("profile", profile)
                        .put("prompt", prompt);
        var needs = task.putArray("dependsOn");
        List.of(dependsOn).forEach(needs::add);
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }

    private static Turn write(String path, String... lines) {
        return Turn.run(
                "mkdir -p $(dirname %1$s) && cat > %1$s <<'END'\n%2$s\nEND"
                        .formatted(path, String.join("\n", lines)));
    }

    /// A small project: a module with its test, then a program and a page about it side by side.
    private static Script project() {
        return Script.steps()
                .when(
                        "the module money.mjs",
                        write(
                                "money.mjs",
                                "export const cents = (text) => Math.round(Number(text) * 100);",
                                "export const add = (a, b) => ((cents(a) + cents(b)) / 100).toFixed(2);"),
                        write(
                                "test/money.test.mjs",
                                "import { test } from 'node:test';",
                                "import assert from 'node:assert';",
                                "import { add } from '../money.mjs';",
                                "test('adds', () => assert.equal(add('1.10', '2.20'), '3.30'));"),
                        Turn.run("node --test test/ && git add -A && git commit -qm 'Money'"),
                        Turn.say("The module adds amounts, and its test passes."))
                .when(
                        "the program cli.mjs",
                        write(
                                "cli.mjs",
                                "import { add } from './money.mjs';",
                                "console.log(add(process.argv[2], process.argv[3]));"),
                        Turn.run("node cli.mjs 1.10 2.20"),
                        Turn.say("The program prints the sum."))
                .when(
                        "the page README.md",
                        Turn.run("printf '# Money\\n\\nnode cli.mjs 1.10 2.20\\n' > README.md"),
                        Turn.say("The page says how to use it."));
    }

    @Test
    void codexBuildsASmallProjectInParallelClonesToVerifiedDone() throws Exception {
        try (ModelServer model = ScriptedModel.of(api, project(), KEY, "responses")) {
            var work = Work.inNewWorkspace(api, "codex");
            assertThat(adapter(work, "codex").toString()).contains("\"ready\":true");
            JsonNode plan =
                    work.customPlan(
                            task(
                                    "money",
                                    "codex",
                                    "Write the module money.mjs that adds amounts, with a test.",
                                    "node --test test/money.test.mjs"),
                            task(
                                    "cli",
                                    "codex",
                                    "Write the program cli.mjs.",
                                    "test \"$(node cli.mjs 1.10 2.20)\" = 3.30",
                                    "money"),
                            task(
                                    "page",
                                    "codex",
                                    "Write the page README.md.",
                                    "grep -q cli.mjs README.md",
                                    "money"));

            String swarmId = work.approve(plan);
            Set<String> environments = new TreeSet<>();
            JsonNode swarm =
                    work.awaitSwarm(
                            swarmId,
                            "the end",
                            s -> {
                                Work.pids(s).forEach(pid -> collect(pid, environments));
                                return Work.hasEnded(s);
                            });

            var said = Shown.by(api, swarm);
            assertThat(swarm.get("state").asText()).as(said).isEqualTo("COMPLETED");
            assertThat(said).contains("The module adds amounts, and its test passes.");
            assertThat(swarm.get("tasks").findValuesAsText("state")).containsOnly("DONE");
            assertThat(swarm.get("agents").findValuesAsText("profile")).containsOnly("codex");
            assertThat(swarm.at("/tasks/0/evidence/0/assurance").asText()).isNotEmpty();
            assertThat(swarm.get("agents").findValues("activity"))
                    .hasSize(3)
                    .allMatch(one -> !one.get("text").asText().isBlank());
            var usage = swarm.get("usage");
            assertThat(usage.get("tokensIn").asLong() + usage.get("tokensOut").asLong())
                    .isEqualTo(model.billed());
            assertThat(model.seen()).isNotEmpty().allMatch(seen -> seen.key().equals(KEY));
            assertThat(calls(swarmId)).isEqualTo(model.seen().size());
            assertNoKeyAnywhere(environments);
        }
    }

    /// Two write the same file at the same time: whoever is later gets it back, and merges.
    private static Script quarrel() {
        return Script.steps()
                .when(
                        "that attempt was not merged",
                        Turn.run(
                                "git merge -q earlier; git show main:list.txt earlier:list.txt | sort -u > list.txt;"
                                        + " git add list.txt && git commit -qm 'Both'; cat list.txt"),
                        Turn.say("Both are on the list now."))
                .when(
                        "Put apples",
                        Turn.run("echo apples > list.txt; git add -A; git commit -qm 'Apples'"),
                        Turn.run("sleep 12"),
                        Turn.say("Apples are on the list."))
                .when(
                        "Put pears",
                        Turn.run("echo pears > list.txt; git add -A; git commit -qm 'Pears'"),
                        Turn.run("sleep 12"),
                        Turn.say("Pears are on the list."));
    }

    @Test
    void aConflictIsForeseenAndItsAgentMergesWhatItDidBefore() throws Exception {
        try (ModelServer model = ScriptedModel.of(api, quarrel(), KEY, "responses")) {
            var work = Work.inNewWorkspace(api, "quarrel");
            String swarmId =
                    work.approve(
                            work.customPlan(
                                    task(
                                            "apples",
                                            "codex",
                                            "Put apples on the list.",
                                            "grep -q apples list.txt"),
                                    task(
                                            "pears",
                                            "codex",
                                            "Put pears on the list.",
                                            "grep -q pears list.txt")));
            JsonNode foreseen = work.awaitSwarm(swarmId, "the conflict", s -> s.has("conflicts"));
            assertThat(foreseen.at("/conflicts/0/paths/0").asText()).isEqualTo("list.txt");

            JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

            var said = Shown.by(api, swarm);
            assertThat(swarm.get("state").asText()).as(said).isEqualTo("COMPLETED");
            assertThat(said).contains("Both are on the list now.");
            assertThat(swarm.get("agents")).as(said).hasSize(3);
            assertThat(swarm.get("tasks").findValuesAsText("attempts"))
                    .containsExactlyInAnyOrder("1", "2");
            assertThat(model.seen()).isNotEmpty();
        }
    }

    private static JsonNode find(JsonNode all, String id) {
        return Work.list(all).stream()
                .filter(one -> one.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode adapter(Work work, String id) {
        return find(
                api.get("/api/adapters?workspaceId=" + work.workspaceId).expect(200).json(), id);
    }

    private long calls(String swarmId) {
        return FactLog.read(orchflow).facts().stream()
                .filter(
                        fact ->
                                fact instanceof ModelCallEnded call
                                        && call.getSwarmId().equals(swarmId))
                .count();
    }

    /// The environment of a process and of all below it, as the kernel has it.
    private static void collect(long pid, Set<String> environments) {
        ProcessHandle.of(pid).stream()
                .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
                .forEach(
                        p -> {
                            try {
                                environments.add(
                                        Files.readString(
                                                Path.of("/proc/" + p.pid() + "/environ"),
                                                StandardCharsets.ISO_8859_1));
                            } catch (IOException e) {
                                // It has ended.
                            }
                        });
    }

    /// Not in any pane's environment, and in no file that the installation keeps: logs, facts,
    /// rows, recordings, clones.
    private void assertNoKeyAnywhere(Set<String> environments) throws Exception {
        assertThat(environments)
                .anyMatch(one -> one.contains("ORCHFLOW_MODEL_TOKEN=orchflow-"))
                .noneMatch(one -> one.contains(KEY));
        var found = new ArrayList<Path>();
        try (var files = Files.walk(orchflow.data)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (holds(file, KEY.getBytes(StandardCharsets.UTF_8))) {
                    found.add(file);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static boolean holds(Path file, byte[] wanted) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // It has gone meanwhile.
        }
    }
}
