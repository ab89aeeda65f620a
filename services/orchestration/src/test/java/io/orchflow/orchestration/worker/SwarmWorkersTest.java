package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.TaskState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What workers make of a swarm when nobody interferes but the world.
class SwarmWorkersTest extends WorkersFixture {
    @Test
    void everyTaskIsProvedAndMergedBeforeWhatDependsOnItStarts() {
        node();

        var swarm = awaitEnd(diamond());

        assertEquals("COMPLETED", swarm.state().word());
        assertEquals(Map.of("a", 1, "b", 1, "c", 1, "d", 1), Map.copyOf(agent.launches));
        for (var task : swarm.tasks()) {
            assertTrue(task.state() instanceof TaskState.Done);
            assertFalse(task.evidence().isEmpty());
            assertTrue(task.evidence().stream().allMatch(Evidence::passed));
            assertEquals(1, task.evidence().getFirst().baselineExitCode());
        }
        var base = agent.ofTask("d").getBaseCommit();
        for (var id : List.of("a", "b", "c")) {
            var done = (TaskState.Done) swarm.task(id).orElseThrow().state();
            assertTrue(agent.repository.contains(base, done.mergedCommit()));
        }
    }

    @Test
    void aNodeThatDiesAtAnyStepIsFollowedByAnotherAndNoTaskRunsTwice() {
        for (int steps = 2; steps < 400; steps++) {
            try (var fresh = new FakeAgent()) {
                var memory = new MemoryStore();
                var fuse = new Fuse(steps);
                var dying =
                        new SwarmWorkers(
                                fuse.in(memory),
                                _ -> fuse.in(fresh.channel()),
                                models,
                                clock(),
                                quick());
                var id =
                        add(
                                memory,
                                List.of(
                                        task("a", "work", "a=1"),
                                        after("b", "a"),
                                        after("c", "a")));
                dying.start();
                awaitTrue(() -> fuse.blown() || memory.find(id).orElseThrow().state().ended());
                var next = new SwarmWorkers(memory, _ -> fresh.channel(), models, clock(), quick());
                next.start();
                var swarm = await(memory, id, s -> s.state().ended());
                next.close();
                dying.close();

                assertEquals("COMPLETED", swarm.state().word(), "killed at step " + steps);
                assertEquals(
                        Map.of("a", 1, "b", 1, "c", 1),
                        Map.copyOf(fresh.launches),
                        "killed at step " + steps);
                if (!fuse.blown()) {
                    return;
                }
            }
        }
    }

    @Test
    void aWorkerWhoseLeaseWasTakenStopsAndTheOtherGoesOn() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));
        store.steal(id);
        node();

        agent.exit("a", 0);

        assertEquals("COMPLETED", awaitEnd(id).state().word());
        assertEquals(Map.of("a", 1), Map.copyOf(agent.launches));
    }

    @Test
    void anExitCodeOtherThanZeroFailsTheTaskAndCancelsWhatWaitsForIt() {
        node();
        var id =
                add(
                        store,
                        List.of(task("a", "work", "3"), after("b", "a"), task("c", "work", "c=1")));

        var swarm = awaitEnd(id);

        assertEquals("FAILED", swarm.state().word());
        assertEquals("the agent exited with 3", failed(swarm, "a").reason());
        assertTrue(swarm.task("b").orElseThrow().state() instanceof TaskState.Cancelled);
        assertTrue(swarm.task("c").orElseThrow().state() instanceof TaskState.Done);
    }

    @Test
    void aCheckThatFailsFailsTheTaskWithItsEvidence() {
        node();
        var id = add(store, List.of(checked("a", List.of("has a", "fail 7"), "work", "a=1")));

        var swarm = awaitEnd(id);

        assertEquals("FAILED", swarm.state().word());
        assertEquals("a check failed with exit code 7: fail 7", failed(swarm, "a").reason());
        assertEquals(2, swarm.task("a").orElseThrow().evidence().size());
        assertEquals("hello", agent.repository.files(agent.repository.main()).get("README.md"));
        assertFalse(agent.repository.files(agent.repository.main()).containsKey("a"));
    }

    @Test
    void aTaskThatChangesNothingIsJudgedAllTheSame() {
        node();
        var id = add(store, List.of(checked("a", List.of("has a"), "work")));

        assertEquals("FAILED", awaitEnd(id).state().word());
    }

    @Test
    void aMergeConflictFailsTheLaterTask() {
        node();
        var id =
                add(
                        store,
                        List.of(
                                checked("a", List.of("has same"), "hold", "same=1"),
                                checked("b", List.of("has same"), "hold", "same=2")));
        await(id, s -> working(s, "a") && working(s, "b"));
        agent.exit("a", 0);
        await(id, s -> s.task("a").orElseThrow().state() instanceof TaskState.Done);
        agent.exit("b", 0);

        var swarm = awaitEnd(id);

        assertEquals("merge conflict in same", failed(swarm, "b").reason());
    }

    @Test
    void checksRunAgainOnATreeThatMainHasChanged() {
        node();
        var id =
                add(
                        store,
                        List.of(
                                task("a", "hold", "a=1"),
                                checked("b", List.of("has b", "not a"), "hold", "b=1")));
        await(id, s -> working(s, "a") && working(s, "b"));
        agent.exit("a", 0);
        await(id, s -> s.task("a").orElseThrow().state() instanceof TaskState.Done);
        agent.exit("b", 0);

        var swarm = awaitEnd(id);

        assertEquals(
                "a check failed on the merged tree with exit code 1: not a",
                failed(swarm, "b").reason());
    }

    @Test
    void aWorkspaceThatCannotBeReachedIsWaitedForWithAReason() {
        node();
        agent.reachable(false);
        var id = add(store, List.of(task("a", "work", "a=1")));

        var waiting = await(id, s -> s.waiting() != null);
        assertEquals("the workspace is not running", waiting.waiting());
        assertFalse(waiting.state().ended());

        agent.reachable(true);
        var swarm = awaitEnd(id);
        assertEquals("COMPLETED", swarm.state().word());
    }

    @Test
    void aRestartOfTheWorkspacePausesTheSwarmAndResumeRunsWhatWasUnfinished() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));

        agent.restart();

        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);
        assertEquals("READY", paused.task("a").orElseThrow().state().word());
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> working(s, "a"));
        agent.exit("a", 0);
        var swarm = awaitEnd(id);
        assertEquals("COMPLETED", swarm.state().word());
        assertEquals(2, swarm.task("a").orElseThrow().attempts());
    }

    @Test
    void aCommandThatCannotBeLaunchedFailsItsTask() {
        node();
        var id = add(store, List.of(task("a", "missing-program")));

        var swarm = awaitEnd(id);

        assertEquals("not launched: no program", failed(swarm, "a").reason());
    }
}
