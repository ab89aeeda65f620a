package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// "Done" is proven, or it is not done.
@ExtendWith(Shared.class)
class ProofE2ET {
    private final Api api;

    ProofE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    @Test
    void aStepThatDoesNothingFails() {
        Work work = Work.inNewWorkspace(api, "noop");
        JsonNode plan = work.plan("Build me a REST API with auth");
        JsonNode edited =
                work.edit(
                        plan,
                        body -> {
                            ObjectNode first = (ObjectNode) body.get("tasks").get(0);
                            first.put("adapter", "command").remove("recipe");
                            ArrayNode nothing = first.putArray("command");
                            nothing.add("true");
                        });

        JsonNode swarm = work.awaitState(work.approve(edited), "FAILED");

        JsonNode first = swarm.get("tasks").get(0);
        assertThat(first.get("state").asText()).isEqualTo("FAILED");
        assertThat(first.get("evidence").get(0).get("exitCode").asInt()).isNotZero();
    }

    @Test
    void aCheckThatMustFailNeverEndsDone() {
        Work work = Work.inNewWorkspace(api, "redcheck");
        JsonNode plan =
                work.customPlan(
                        Work.commandTask("good", "test -f a.txt", "sh", "-c", "echo a > a.txt"),
                        Work.commandTask("bad", "exit 3", "sh", "-c", "echo b > b.txt"));

        JsonNode swarm = work.awaitState(work.approve(plan), "FAILED");

        assertThat(task(swarm, "good").get("state").asText()).isEqualTo("DONE");
        JsonNode bad = task(swarm, "bad");
        assertThat(bad.get("state").asText()).isEqualTo("FAILED");
        assertThat(bad.get("evidence").get(0).get("exitCode").asInt()).isEqualTo(3);
    }

    static JsonNode task(JsonNode swarm, String id) {
        return Work.list(swarm.get("tasks")).stream()
                .filter(t -> t.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAgentThatEditsItsOwnTestIsShown() {
        Work work = Work.inNewWorkspace(api, "cheat");
        ObjectNode first =
                Work.commandTask(
                        "test",
                        "test -f test/check.sh",
                        "sh",
                        "-c",
                        "mkdir test; echo 'test -f result.txt' > test/check.sh");
        ObjectNode cheat = editsItsTest("cheat", "test");

        JsonNode swarm = work.awaitState(work.approve(work.customPlan(first, cheat)), "FAILED");

        assertThat(task(swarm, "cheat").get("state").asText()).isEqualTo("FAILED");
        assertThat(task(swarm, "cheat").get("reason").asText())
                .contains("its own files were changed: test/check.sh", "mayChange");
        JsonNode evidence = task(swarm, "cheat").get("evidence").get(0);
        assertThat(evidence.get("inputsChanged").toString()).contains("test/check.sh");
        assertThat(evidence.get("exitCode").asInt()).isZero();
        assertThat(evidence.get("baselineExitCode").asInt()).isNotZero();
        assertThat(evidence.get("originalInputsExitCode").asInt()).isNotZero();
        assertThat(evidence.get("objection").asText()).contains("test/check.sh");
    }

    @Test
    void aPersonMayAllowThatATestIsEdited() {
        Work work = Work.inNewWorkspace(api, "allowed");
        ObjectNode first =
                Work.commandTask(
                        "test",
                        "test -f test/check.sh",
                        "sh",
                        "-c",
                        "mkdir test; echo 'test -f result.txt' > test/check.sh");
        ObjectNode edits = editsItsTest("edits", "test");
        edits.putArray("mayChange").add("test/*.sh");
        JsonNode plan = work.customPlan(first, edits);

        JsonNode swarm = work.awaitState(work.approve(plan), "COMPLETED");

        assertThat(plan.get("tasks").get(1).get("mayChange").get(0).asText())
                .isEqualTo("test/*.sh");
        JsonNode evidence = task(swarm, "edits").get("evidence").get(0);
        assertThat(evidence.get("inputsChanged").toString()).contains("test/check.sh");
        assertThat(evidence.has("originalInputsExitCode")).isFalse();
    }

    private static ObjectNode editsItsTest(String id, String after) {
        ObjectNode task =
                Work.commandTask(
                        id, "sh test/check.sh", "sh", "-c", "echo 'test -d .' > test/check.sh");
        task.putArray("dependsOn").add(after);
        return task;
    }

    @Test
    void aFailedTaskCancelsItsDependantsAndCanBeRetried() {
        Work work = Work.inNewWorkspace(api, "retry");
        ObjectNode after = Work.commandTask("after", "test -f c.txt", "sh", "-c", "echo c > c.txt");
        after.putArray("dependsOn").add("fails");
        JsonNode plan =
                work.customPlan(Work.commandTask("fails", "true", "sh", "-c", "exit 4"), after);

        String swarmId = work.approve(plan);
        JsonNode swarm = work.awaitState(swarmId, "FAILED");

        assertThat(task(swarm, "after").get("state").asText()).isEqualTo("CANCELLED");
        assertThat(Work.list(swarm.get("agents")))
                .allSatisfy(a -> assertThat(a.get("exitCode").asInt()).isEqualTo(4));
        api.post("/api/swarms/%s/tasks/fails/retry".formatted(swarmId)).expect(202);
        work.awaitSwarm(
                swarmId,
                "the second attempt",
                s -> task(s, "fails").get("attempts").asInt() == 2 && Work.hasEnded(s));
    }

    @Test
    void verifyingAgainAddsEvidence() {
        Work work = Work.inNewWorkspace(api, "again");
        JsonNode plan =
                work.customPlan(
                        Work.commandTask("one", "test -f a.txt", "sh", "-c", "echo a > a.txt"));
        String swarmId = work.approve(plan);
        work.awaitState(swarmId, "COMPLETED");

        api.post("/api/swarms/%s/tasks/one/verify".formatted(swarmId)).expect(202);

        JsonNode swarm =
                work.awaitSwarm(
                        swarmId, "more evidence", s -> task(s, "one").get("evidence").size() > 1);
        assertThat(task(swarm, "one").get("evidence").get(1).get("exitCode").asInt()).isZero();
        assertThat(api.get("/api/swarms/%s/tasks/one/diff".formatted(swarmId)).expect(200).body())
                .contains("+a");
    }
}
