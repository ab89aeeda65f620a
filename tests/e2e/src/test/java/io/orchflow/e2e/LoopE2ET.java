package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent of ours in real panes, offline: its model is a script.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoopE2ET {
    private static final String KEY = "sk-canary-77b2f04c1e9d";

    private Orchflow orchflow;
    private Api api;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        orchflow = Orchflow.start(data).awaitReady();
        api = Api.signUp(orchflow);
    }

    @AfterAll
    void stop() {
        orchflow.close();
    }

    private static ObjectNode task(String id, String prompt, String check) {
        ObjectNode task =
                Api.JSON
                        .createObjectNode()
                        .put("id", id)
                        .put("title", "Task " + id)
                        .put("role", "developer")
                        .put("adapter", "model")
                        .put("prompt", prompt);
        task.putArray("dependsOn");
        task.putArray("acceptance").addObject().put("command", check);
        return task;
    }

    private static Turn call(String tool, String... namesAndTexts) {
        ObjectNode arguments = Api.JSON.createObjectNode();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            arguments.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Turn.of(new Turn.Call(tool, arguments.toString()));
    }

    /// A module with its test, and a page about it, side by side.
    private static Script project() {
        return Script.steps()
                .when(
                        "the module money.mjs",
                        Turn.of(
                                new Turn.Say("I write the module first."),
                                new Turn.Call(
                                        "write",
                                        "{\"path\":\"money.mjs\",\"content\":\"export const add = (a, b) => a - b;\\n\"}")),
                        call(
                                "write",
                                "path",
                                "test/money.test.mjs",
                                "content",
                                """
                                import { test } from 'node:test';
                                import assert from 'node:assert';
                                import { add } from '../money.mjs';
                                test('adds', () => assert.equal(add(1, 2), 3));
                                """),
                        Turn.run("node --test test/"),
                        call("replace", "path", "money.mjs", "old", "a - b", "new", "a + b"),
                        Turn.run("node --test test/ && git add -A && git commit -qm 'Money'"),
                        call("finish", "summary", "The module adds amounts."))
                .when(
                        "the page README.md",
                        call("write", "path", "../README.md", "content", "outside"),
                        Turn.run("printf '# Money\\n' > README.md; echo written by $0"),
                        call("replace", "path", "README.md", "old", "Money", "new", "add(a, b)"),
                        Turn.say("The page says how to use it."),
                        call("finish", "summary", "The page is written."));
    }

    /// As scripted, but for one refusal in the middle, which passes.
    private static Script refusingOnce() {
        var refused = new AtomicBoolean();
        var script = project();
        return conversation ->
                conversation.turn() == 3
                                && conversation.asks("the module money.mjs")
                                && refused.compareAndSet(false, true)
                        ? Turn.failing(new Turn.Status(429))
                        : script.next(conversation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "messages"})
    void twoTasksBuildASmallProjectInParallelClonesToVerifiedDone(String wire) throws Exception {
        try (ModelServer model = ScriptedModel.of(api, refusingOnce(), KEY, wire)) {
            var work = Work.inNewWorkspace(api, "loop-" + wire);
            JsonNode ours =
                    api.get("/api/adapters?workspaceId=" + work.workspaceId)
                            .expect(200)
                            .json()
                            .get(0);
            assertThat(ours.get("kind").asText()).isEqualTo("model");
            assertThat(ours.get("ready").asBoolean()).as(ours.toString()).isTrue();
            assertThat(ours.get("wire").asText()).isEqualTo(wire);

            String swarmId =
                    work.approve(
                            work.customPlan(
                                    task(
                                            "money",
                                            "Write the module money.mjs, with a test.",
                                            "node --test test/money.test.mjs"),
                                    task(
                                            "page",
                                            "Write the page README.md.",
                                            "grep -qF 'add(a, b)' README.md")));
            JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

            var said = Shown.by(api, swarm);
            assertThat(swarm.get("state").asText()).as(said).isEqualTo("COMPLETED");
            assertThat(swarm.get("tasks").findValuesAsText("state")).containsOnly("DONE");
            assertThat(swarm.get("agents").findValuesAsText("adapter")).containsOnly("model");
            assertThat(swarm.get("agents").findValues("profile")).isEmpty();
            assertThat(said)
                    .contains("I write the module first.")
                    .contains("node --test test/")
                    .contains("asked again, 1 of 3")
                    .contains("written by sh")
                    .contains("leads out of the clone")
                    .contains("The module adds amounts.")
                    .contains("The page is written.");
            assertThat(swarm.get("agents").findValues("activity"))
                    .hasSize(2)
                    .allMatch(one -> !one.get("text").asText().isBlank());
            var usage = swarm.get("usage");
            assertThat(usage.get("tokensIn").asLong() + usage.get("tokensOut").asLong())
                    .isEqualTo(model.billed());
            assertThat(model.seen()).isNotEmpty().allMatch(seen -> seen.key().equals(KEY));
            assertThat(said).doesNotContain(KEY);
        }
    }

    @Test
    void aQuestionReachesAPersonAndTheAnswerTheModel() throws Exception {
        Script script =
                conversation ->
                        switch (conversation.turn()) {
                            case 0 -> call("ask", "question", "Which colour?");
                            case 1 ->
                                    conversation.entries().getLast().text().contains("> green")
                                            ? Turn.run("echo green > colour")
                                            : Turn.run("echo none > colour");
                            default -> call("finish", "summary", "Painted.");
                        };
        try (ModelServer _ = ScriptedModel.of(api, script, KEY, "chat")) {
            var work = Work.inNewWorkspace(api, "question");
            String swarmId =
                    work.approve(
                            work.customPlan(task("paint", "Paint it.", "grep -qx green colour")));
            JsonNode asking =
                    work.awaitSwarm(
                            swarmId,
                            "the question",
                            s -> s.get("agents").findValuesAsText("state").contains("NEEDS_YOU"));
            assertThat(asking.get("agents").toString()).contains("Which colour?");

            work.tell(swarmId, "green");
            JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

            assertThat(swarm.get("state").asText()).as(Shown.by(api, swarm)).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aPausedSwarmDoesNothingAndAModelThatGoesInCirclesFails() throws Exception {
        Script script = _ -> Turn.run("sleep 0.2; date +%N > /tmp/now; echo same");
        try (ModelServer model = ScriptedModel.of(api, script, KEY, "chat")) {
            var work = Work.inNewWorkspace(api, "circles");
            String swarmId =
                    work.approve(work.customPlan(task("round", "Go round.", "test -f never")));
            work.awaitSwarm(swarmId, "work", s -> !model.seen().isEmpty());
            api.post("/api/swarms/" + swarmId + "/pause").expect(202);
            work.awaitState(swarmId, "PAUSED");
            int before = model.seen().size();
            Thread.sleep(1_500);
            assertThat(model.seen().size()).isLessThanOrEqualTo(before + 1);
            api.post("/api/swarms/" + swarmId + "/resume").expect(202);

            JsonNode swarm = work.awaitSwarm(swarmId, "the end", Work::hasEnded);

            assertThat(swarm.get("state").asText()).isEqualTo("FAILED");
            assertThat(swarm.at("/agents/0/exitCode").asInt()).isEqualTo(1);
            assertThat(Shown.by(api, swarm)).contains("goes round in circles");
        }
    }
}
