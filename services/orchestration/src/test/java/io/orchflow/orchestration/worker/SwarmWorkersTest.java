package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.swarm.Origin;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The engine against an agent in memory, with workers that die, lose their lease or race.
class SwarmWorkersTest {
    private static final SwarmWorkers.Settings SETTINGS =
            new SwarmWorkers.Settings(Duration.ofMillis(300), Duration.ofMillis(20), 10);

    private final FakeAgent agent = new FakeAgent();
    private final MemoryStore store = new MemoryStore();
    private final List<SwarmWorkers> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(SwarmWorkers::close);
        agent.close();
    }

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
                                fuse.in(memory), _ -> fuse.in(fresh.channel()), clock(), quick());
                var id =
                        add(
                                memory,
                                List.of(
                                        task("a", "work", "a=1"),
                                        after("b", "a"),
                                        after("c", "a")));
                dying.start();
                awaitTrue(() -> fuse.blown() || memory.find(id).orElseThrow().state().ended());
                var next = new SwarmWorkers(memory, _ -> fresh.channel(), clock(), quick());
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
    void aPausedSwarmHasEveryProcessStoppedAndResumeGoesOn() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1"), task("b", "hold", "b=1")));
        await(id, s -> working(s, "a") && working(s, "b"));

        store.ask(id, s -> s.wish(Wish.Kind.PAUSE, "u"));
        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);

        assertTrue(agent.all().stream().allMatch(a -> a.getState() == Attempt.State.FROZEN));
        assertTrue(paused.agents().stream().allMatch(a -> a.state() instanceof AgentState.Paused));
        assertEquals(paused.elapsed(Instant.now()), paused.elapsed(Instant.now().plusSeconds(60)));

        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> working(s, "a") && working(s, "b"));
        agent.exit("a", 0);
        agent.exit("b", 0);
        assertEquals("COMPLETED", awaitEnd(id).state().word());
    }

    @Test
    void aPauseStopsACheckAndResumeRunsIt() {
        node();
        var id = add(store, List.of(checked("a", List.of("has a", "hang"), "work", "a=1")));
        await(id, s -> s.task("a").orElseThrow().evidence().size() == 1);

        store.ask(id, s -> s.wish(Wish.Kind.PAUSE, "u"));

        await(id, s -> s.state() instanceof SwarmState.Paused);
        store.ask(id, s -> s.wish(Wish.Kind.CANCEL, "u"));
        assertEquals("CANCELLED", awaitEnd(id).state().word());
    }

    @Test
    void cancelKillsEverythingAtAnyMoment() {
        node();
        for (int round = 0; round < 40; round++) {
            var id =
                    add(
                            store,
                            List.of(
                                    task("a", "work", "a=" + round),
                                    after("b", "a"),
                                    task("c", "hold")));
            if (round % 4 > 0) {
                var steps = round;
                awaitTrue(
                        () ->
                                store.find(id).orElseThrow().agents().size() >= steps % 3
                                        || store.find(id).orElseThrow().state().ended());
            }
            try {
                store.ask(id, s -> s.wish(Wish.Kind.CANCEL, "u"));
            } catch (IllegalStateException e) {
                continue;
            }
            var swarm = awaitEnd(id);
            assertEquals("CANCELLED", swarm.state().word());
            assertTrue(swarm.tasks().stream().allMatch(t -> t.state().settled()));
            assertTrue(
                    agent.all().stream()
                            .filter(a -> a.getSwarmId().equals(id))
                            .allMatch(a -> a.getState() == Attempt.State.EXITED));
        }
    }

    @Test
    void pauseAndResumeInAHurryLoseNothing() {
        node();
        var id = diamond();
        for (int i = 0; i < 30; i++) {
            var kind = i % 2 == 0 ? Wish.Kind.PAUSE : Wish.Kind.RUN;
            try {
                store.ask(id, s -> s.wish(kind, "u"));
            } catch (IllegalStateException e) {
                break;
            }
            LockSupport.parkNanos(i * 200_000L);
        }
        assertEquals("COMPLETED", awaitEnd(id).state().word());
        assertEquals(Map.of("a", 1, "b", 1, "c", 1, "d", 1), Map.copyOf(agent.launches));
    }

    @Test
    void oneAgentCanBePausedResumedAndCancelledByItself() {
        node();
        var id = add(store, List.of(task("a", "hold"), task("b", "hold", "b=1")));
        var started = await(id, s -> working(s, "a") && working(s, "b"));
        var a = agentOf(started, "a");

        store.ask(id, s -> s.wishAgent(a.id(), Agent.Wish.PAUSE));
        await(id, s -> s.agent(a.id()).orElseThrow().state() instanceof AgentState.Paused);
        assertEquals(Attempt.State.FROZEN, agent.ofTask("a").getState());
        assertEquals(Attempt.State.RUNNING, agent.ofTask("b").getState());
        store.ask(id, s -> s.wishAgent(a.id(), Agent.Wish.RUN));
        await(id, s -> working(s, "a"));
        store.ask(id, s -> s.wishAgent(a.id(), Agent.Wish.CANCEL));
        var swarm = await(id, s -> s.task("a").orElseThrow().state() instanceof TaskState.Failed);

        assertEquals("the agent was cancelled", failed(swarm, "a").reason());
        agent.exit("b", 0);
        assertEquals("FAILED", awaitEnd(id).state().word());
    }

    @Test
    void aFailedTaskCanBeTriedAgainWithANewAgent() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1"), after("b", "a")));
        await(id, s -> working(s, "a"));
        agent.exit("a", 1);
        awaitEnd(id);

        store.ask(id, s -> s.retry("a", "u", Instant.now()));
        await(id, s -> working(s, "a"));
        agent.exit("a", 0);

        var swarm = awaitEnd(id);
        assertEquals("COMPLETED", swarm.state().word());
        assertEquals(2, swarm.task("a").orElseThrow().attempts());
        assertEquals(3, swarm.agents().size());
    }

    @Test
    void checksCanBeRunAgainOnTheSameCommit() {
        node();
        var id = add(store, List.of(task("a", "work", "a=1")));
        var before = awaitEnd(id).task("a").orElseThrow().evidence();

        store.ask(id, s -> s.verifyAgain("a"));

        var after = await(id, s -> s.task("a").orElseThrow().evidence().size() > before.size());
        var again = after.task("a").orElseThrow().evidence().getLast();
        assertEquals(before.getFirst().commit(), again.commit());
        assertEquals(1, again.round());
        await(id, s -> !s.task("a").orElseThrow().verifyPending());
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

    @Test
    void aMessageReachesTheAgentAsOneLineOfJson() {
        node();
        var id = add(store, List.of(task("a", "hold")));
        var a = agentOf(await(id, s -> working(s, "a")), "a");

        store.tell(new OutgoingMessage("m1", a.id(), "look at \"x\"\n", "u", "Ann", Instant.EPOCH));
        store.ask(id, Swarm::commanded);

        awaitTrue(() -> agent.delivered.size() == 1);
        assertEquals(
                "{\"id\":\"m1\",\"from\":{\"kind\":\"user\",\"id\":\"u\",\"name\":\"Ann\"},"
                        + "\"text\":\"look at \\\"x\\\"\\n\",\"sentAt\":\"1970-01-01T00:00:00Z\"}",
                agent.delivered.getFirst());
    }

    // ------------------------------------------------------------------------------ parts

    private void node() {
        var node = new SwarmWorkers(store, _ -> agent.channel(), clock(), SETTINGS);
        nodes.add(node);
        node.start();
    }

    private static SwarmWorkers.Settings quick() {
        return new SwarmWorkers.Settings(Duration.ofMillis(60), Duration.ofMillis(5), 10);
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }

    private String diamond() {
        return add(
                store,
                List.of(
                        task("a", "work", "a=1"),
                        after("b", "a"),
                        after("c", "a"),
                        after("d", "b", "c")));
    }

    private static String add(MemoryStore to, List<PlannedTask> tasks) {
        var origin = new Origin("p", null, "w", "t", "u", "do it", null);
        var swarm = Swarm.approve(Ids.next(), origin, tasks);
        to.add(swarm);
        return swarm.id();
    }

    private static PlannedTask task(String id, String... command) {
        return planned(id, List.of(), List.of(check(id, command)), command);
    }

    private static String check(String id, String... command) {
        return Arrays.asList(command).contains(id + "=1") ? "has " + id : "has README.md";
    }

    private static PlannedTask checked(String id, List<String> checks, String... command) {
        return planned(id, List.of(), checks, command);
    }

    private static PlannedTask after(String id, String... dependsOn) {
        return planned(id, List.of(dependsOn), List.of("has " + id), "work", id + "=1");
    }

    private static PlannedTask planned(
            String id, List<String> dependsOn, List<String> checks, String... command) {
        return new PlannedTask(
                id,
                "Task " + id,
                "developer",
                AdapterKind.COMMAND,
                null,
                null,
                List.of(command),
                Map.of(),
                dependsOn,
                checks.stream().map(AcceptanceCheck::new).toList());
    }

    private static boolean working(Swarm swarm, String taskId) {
        return swarm.agents().stream()
                .filter(a -> a.taskId().equals(taskId))
                .anyMatch(a -> a.state() instanceof AgentState.Working);
    }

    private static Agent agentOf(Swarm swarm, String taskId) {
        return swarm.agents().stream()
                .filter(a -> a.taskId().equals(taskId))
                .findFirst()
                .orElseThrow();
    }

    private static TaskState.Failed failed(Swarm swarm, String taskId) {
        return (TaskState.Failed) swarm.task(taskId).orElseThrow().state();
    }

    private Swarm awaitEnd(String id) {
        return await(id, s -> s.state().ended());
    }

    private Swarm await(String id, Predicate<Swarm> wanted) {
        return await(store, id, wanted);
    }

    private static Swarm await(MemoryStore from, String id, Predicate<Swarm> wanted) {
        awaitTrue(() -> wanted.test(from.find(id).orElseThrow()), () -> from.find(id).toString());
        return from.find(id).orElseThrow();
    }

    private static void awaitTrue(java.util.function.BooleanSupplier wanted) {
        awaitTrue(wanted, () -> "it did not happen within 5 s");
    }

    private static void awaitTrue(
            java.util.function.BooleanSupplier wanted, java.util.function.Supplier<String> state) {
        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(state.get());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
