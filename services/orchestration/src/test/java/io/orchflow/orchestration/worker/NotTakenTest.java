package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.Allowance;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.Program;
import io.orchflow.orchestration.swarm.ExpectedConflict;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.ForecastReply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is not merged: conflicts foreseen, work that comes back to its agent, reviews.
class NotTakenTest extends WorkersFixture {

    private static PlannedTask program(String id, String check, boolean review) {
        return new PlannedTask(
                id,
                "Task " + id,
                "developer",
                AdapterKind.COMMAND,
                "Do it.",
                null,
                List.of(),
                new Program("codex", null),
                Map.of(),
                List.of(),
                List.of(new AcceptanceCheck(check)),
                new Allowance(List.of(), false, review, false));
    }

    private static PlannedTask reviewed(String id) {
        return new PlannedTask(
                id,
                "Task " + id,
                "developer",
                AdapterKind.COMMAND,
                null,
                null,
                List.of("work", id + "=1"),
                null,
                Map.of(),
                List.of(),
                List.of(new AcceptanceCheck("has " + id)),
                new Allowance(List.of(), false, true, false));
    }

    private String prompt(String taskId) throws Exception {
        var launched = Objects.requireNonNull(agent.launched.get(taskId));
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(launched.getInputFile().toStringUtf8())
                .get("prompt")
                .asText();
    }

    private static Swarm attempt(Swarm swarm, String taskId, int number) {
        assertEquals(number, swarm.task(taskId).orElseThrow().attempts());
        return swarm;
    }

    private static boolean attempting(Swarm swarm, String taskId, int number) {
        return swarm.agents().stream()
                .anyMatch(
                        a ->
                                a.taskId().equals(taskId)
                                        && a.attempt() == number
                                        && a.state().word().equals("WORKING"));
    }

    @Test
    void aConflictGoesBackToTheAgentWithWhatItDid() throws Exception {
        agent.writes = Map.of("shared", "mine");
        var id = add(store, List.of(program("a", "has shared", false)));
        node();
        await(id, s -> attempting(s, "a", 1));
        moveMain(Map.of("shared", "theirs"));
        agent.writes = Map.of("more", "1");

        agent.exit("a", 0);

        var swarm = attempt(await(id, s -> attempting(s, "a", 2)), "a", 2);
        var returned = swarm.task("a").orElseThrow().returned();
        assertNotNull(returned);
        assertEquals("merge conflict in shared", returned.reason());
        var launched = Objects.requireNonNull(agent.launched.get("a"));
        assertEquals(returned.commit(), launched.getEarlierCommit());
        assertTrue(prompt("a").contains("> merge conflict in shared"), prompt("a"));
        agent.exit("a", 0);
        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
    }

    private void moveMain(Map<String, String> changes) {
        var main = agent.repository.main();
        assertTrue(agent.repository.tryMove(main, agent.repository.commit(main, changes)));
    }

    @Test
    void aFailingCheckComesBackTwiceAndThenFails() {
        agent.writes = Map.of("other", "1");
        var id = add(store, List.of(program("a", "has wanted", false)));
        node();
        for (int i = 1; i <= 3; i++) {
            var number = i;
            await(id, s -> attempting(s, "a", number));
            agent.writes = Map.of("other", "1" + i);
            agent.exit("a", 0);
        }

        var swarm = attempt(awaitEnd(id), "a", 3);

        assertInstanceOf(SwarmState.Failed.class, swarm.state());
        assertTrue(failed(swarm, "a").reason().startsWith("a check failed with exit code"));
    }

    @Test
    void aPlainCommandWouldDoTheSameAgain() {
        var id = add(store, List.of(checked("a", List.of("has wanted"), "work", "other=1")));
        node();

        attempt(awaitEnd(id), "a", 1);
    }

    @Test
    void nothingIsMergedBeforeAPersonHasTakenIt() {
        var id = add(store, List.of(reviewed("a")));
        node();
        var main = agent.repository.main();
        var swarm = await(id, s -> s.task("a").orElseThrow().review() != null);
        var commit = Objects.requireNonNull(swarm.task("a").orElseThrow().review()).commit();

        assertEquals(main, agent.repository.main());
        assertThrows(
                IllegalStateException.class,
                () -> store.ask(id, s -> s.reviewed("a", "another", "u", null)));
        store.ask(id, s -> s.reviewed("a", commit, "u", null));

        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
        assertTrue(agent.repository.files(agent.repository.main()).containsKey("a"));
        assertThrows(
                IllegalStateException.class,
                () -> store.ask(id, s -> s.reviewed("a", commit, "u", null)));
    }

    @Test
    void whatIsSentBackFailsWhereNobodyCouldReadWhy() {
        var id = add(store, List.of(reviewed("a")));
        node();
        var swarm = await(id, s -> s.task("a").orElseThrow().review() != null);
        var commit = Objects.requireNonNull(swarm.task("a").orElseThrow().review()).commit();

        store.ask(id, s -> s.reviewed("a", commit, "u", "not this way"));

        assertEquals("sent back in review\nnot this way", failed(awaitEnd(id), "a").reason());
    }

    @Test
    void aReviewersWordsReachTheNextAttemptAndItIsReviewedAgain() throws Exception {
        agent.writes = Map.of("f", "1");
        var id = add(store, List.of(program("a", "has f", true)));
        node();
        await(id, s -> attempting(s, "a", 1));
        agent.exit("a", 0);
        var first = await(id, s -> s.task("a").orElseThrow().review() != null);
        var commit = Objects.requireNonNull(first.task("a").orElseThrow().review()).commit();
        agent.writes = Map.of("f", "2");

        store.ask(id, s -> s.reviewed("a", commit, "u", "f: more of it"));

        var second = await(id, s -> attempting(s, "a", 2));
        assertEquals(0, Objects.requireNonNull(second.task("a").orElseThrow().returned()).times());
        assertTrue(prompt("a").contains("> f: more of it"), prompt("a"));
        agent.exit("a", 0);
        var again = await(id, s -> s.task("a").orElseThrow().review() != null);
        var next = Objects.requireNonNull(again.task("a").orElseThrow().review());
        assertTrue(next.open());
        store.ask(id, s -> s.reviewed("a", next.commit(), "u", null));
        assertInstanceOf(TaskState.Done.class, awaitEnd(id).task("a").orElseThrow().state());
    }

    @Test
    void aReviewOutlivesItsNode() {
        var id = add(store, List.of(reviewed("a")));
        node();
        var swarm = await(id, s -> s.task("a").orElseThrow().review() != null);
        nodes.getFirst().close();
        var commit = Objects.requireNonNull(swarm.task("a").orElseThrow().review()).commit();
        node();
        store.ask(id, s -> s.reviewed("a", commit, "u", null));

        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
    }

    @Test
    void whatWouldConflictIsKeptInTheWordsOfThePlan() {
        var id = add(store, List.of(task("a", "hold"), task("b", "hold")));
        node();
        await(id, s -> working(s, "a") && working(s, "b"));
        var swarm = store.find(id).orElseThrow();
        collision(agentOf(swarm, "a").id(), agentOf(swarm, "b").id());
        collision(agentOf(swarm, "b").id(), "");
        collision(agentOf(swarm, "b").id(), "of-another-swarm");

        awaitTrue(() -> !store.forecasts.isEmpty());

        var paths = List.of("p");
        assertEquals(
                List.of(
                        new ExpectedConflict("a", ExpectedConflict.With.TASK, "b", paths),
                        new ExpectedConflict("b", ExpectedConflict.With.MAIN, null, paths),
                        new ExpectedConflict("b", ExpectedConflict.With.SWARM, null, paths)),
                store.forecasts.getLast());
    }

    private void collision(String one, String other) {
        agent.collisions.add(
                ForecastReply.Collision.newBuilder()
                        .setAgentId(one)
                        .setOtherAgentId(other)
                        .addPaths("p")
                        .build());
    }
}
