package io.orchflow.orchestration.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Merge;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.orchestration.task.TaskTime;
import io.orchflow.orchestration.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SwarmTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Question QUESTION = new Question("May I?", NOON);

    @Test
    void tasksWithoutDependenciesAreReadyAtOnce() {
        var swarm = swarm(task("a"), task("b", "a"));

        assertEquals("READY", state(swarm, "a"));
        assertEquals("WAITING", state(swarm, "b"));
    }

    @Test
    void timeOfPausesIsLeftOut() {
        var swarm = swarm(task("a")).start(NOON);
        var paused = swarm.paused(NOON.plusSeconds(5));

        assertEquals(Duration.ofSeconds(5), paused.elapsed(NOON.plusSeconds(100)));
        var resumed = paused.resumed(NOON.plusSeconds(100));
        assertEquals(Duration.ofSeconds(7), resumed.elapsed(NOON.plusSeconds(102)));
    }

    @Test
    void noTaskIsDoneWithoutPassedEvidence() {
        var verifying =
                swarm(task("a"))
                        .start(NOON)
                        .beginAttempt("a", "1")
                        .agentStarted("1", "p", 1)
                        .agentExited("1", "p", 0)
                        .collected("a", new Work("b", "c", List.of()));

        assertThrows(IllegalStateException.class, () -> verifying.accepted("a", "c"));
        var failed = verifying.proved("a", evidence("1", 0, 0)).proved("a", evidence("1", 1, 2));
        assertThrows(IllegalStateException.class, () -> failed.accepted("a", "c"));
        var passed = verifying.proved("a", evidence("1", 0, 0));
        assertEquals("DONE", state(passed.accepted("a", "c"), "a"));
    }

    @Test
    void aRetriedTaskRevivesWhatItHadCancelled() {
        var failed =
                swarm(task("a"), task("b", "a"), task("c", "b"), task("d"))
                        .start(NOON)
                        .beginAttempt("a", "1")
                        .agentStarted("1", "p", 1)
                        .agentExited("1", "p", 9);
        assertEquals("CANCELLED", state(failed, "c"));

        var retried = failed.retry("a", "u", NOON);

        assertEquals("READY", state(retried, "a"));
        assertEquals("WAITING", state(retried, "b"));
        assertEquals("WAITING", state(retried, "c"));
        assertThrows(IllegalStateException.class, () -> retried.retry("a", "u", NOON));
    }

    @Test
    void aCheckThatFailsLaterTakesBackWhatWasDone() {
        var done =
                swarm(task("a"))
                        .start(NOON)
                        .beginAttempt("a", "1")
                        .agentStarted("1", "p", 1)
                        .agentExited("1", "p", 0)
                        .collected("a", new Work("b", "c", List.of()))
                        .proved("a", evidence("1", 0, 0))
                        .accepted("a", "c")
                        .finish(NOON);
        assertEquals("COMPLETED", done.state().word());

        var refuted = done.verifyAgain("a").proved("a", evidence("1", 1, 1)).verifiedAgain("a");

        assertEquals("FAILED", refuted.state().word());
        assertEquals("FAILED", state(refuted, "a"));
    }

    @Test
    void whatHasNotBegunWhenATaskIsRefutedIsCancelled() {
        var running =
                swarm(task("a"), task("b"), task("c", "a", "b"))
                        .start(NOON)
                        .beginAttempt("a", "1")
                        .agentStarted("1", "p", 1)
                        .agentExited("1", "p", 0)
                        .collected("a", new Work("b", "c", List.of()))
                        .proved("a", evidence("1", 0, 0))
                        .accepted("a", "c")
                        .beginAttempt("b", "2");

        var refuted = running.verifyAgain("a").proved("a", evidence("1", 1, 1)).verifiedAgain("a");

        assertEquals("CANCELLED", state(refuted, "c"));
        assertEquals("RUNNING", state(refuted, "b"));
        var ended = refuted.agentStarted("2", "q", 2).agentExited("2", "q", 9).finish(NOON);
        assertEquals("FAILED", ended.state().word());
    }

    @Test
    void anAgentThatAsksCanBePausedEndedAndAnswered() {
        var asking = swarm(task("a")).start(NOON).beginAttempt("a", "1");
        assertEquals(asking, asking.agentAsks("1", QUESTION));
        asking = asking.agentStarted("1", "p", 7).agentAsks("1", QUESTION);

        assertEquals(new AgentState.NeedsYou("p", 7, QUESTION), agentState(asking));
        assertEquals(new AgentState.Working("p", 7), agentState(asking.agentAnswered("1")));
        var paused = asking.agentFrozen("1");
        assertEquals(new AgentState.Paused("p", 7), agentState(paused));
        assertEquals(paused, paused.agentAsks("1", QUESTION));
        assertEquals(paused, paused.agentAnswered("1"));
        assertEquals(new AgentState.Working("p", 7), agentState(paused.agentThawed("1")));
        assertEquals(new AgentState.Verifying("p"), agentState(asking.agentExited("1", "p", 0)));
        assertEquals(new AgentState.Exited("p", 9), agentState(asking.agentExited("1", "p", 9)));
        assertEquals(new AgentState.Exited("p", 137), agentState(asking.agentKilled("1", 137)));
        assertEquals("CANCELLED", asking.agentKilled("1", 137).cancelled(NOON).state().word());
        assertEquals("READY", state(asking.agentLost("1"), "a"));
    }

    private static AgentState agentState(Swarm swarm) {
        return swarm.agent("1").orElseThrow().state();
    }

    @Test
    void timesOfATaskAreThoseOfItsLatestAttempt() {
        var ready = swarm(task("a")).start(NOON);
        var running = stepped(ready, ready.beginAttempt("a", "1"), 1);
        assertEquals(new TaskTime(NOON.plusSeconds(1), null), time(running));
        var asking = running.agentStarted("1", "p", 7).agentAsks("1", QUESTION);
        assertEquals(time(running), time(stepped(running, asking, 2)));

        var failed = stepped(running, running.agentExited("1", "p", 9), 3);
        assertEquals(new TaskTime(NOON.plusSeconds(1), NOON.plusSeconds(3)), time(failed));

        var retried = stepped(failed, failed.retry("a", "u", NOON), 4);
        assertEquals(TaskTime.NONE, time(retried));
        var again = stepped(retried, retried.beginAttempt("a", "2"), 5);
        var cancelled = stepped(again, again.agentKilled("2", 137).cancelled(NOON), 6);
        assertEquals(new TaskTime(NOON.plusSeconds(5), NOON.plusSeconds(6)), time(cancelled));
    }

    private static Swarm stepped(Swarm before, Swarm after, int second) {
        return after.steppedFrom(before, NOON.plusSeconds(second));
    }

    private static TaskTime time(Swarm swarm) {
        return swarm.task("a").orElseThrow().time();
    }

    /// Random steps, legal and not: whatever is accepted keeps the promises of the contract.
    @Test
    void everyReachableSwarmKeepsItsPromises() {
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var swarm = swarm(task("a"), task("b", "a"), task("c", "a"), task("d", "b", "c"));
            for (int i = 0; i < 120; i++) {
                var before = swarm;
                try {
                    swarm = step(random, i).apply(swarm);
                } catch (IllegalStateException | java.util.NoSuchElementException e) {
                    swarm = before;
                }
                promises(before, swarm, "seed " + seed + " step " + i);
            }
        }
    }

    private static UnaryOperator<Swarm> step(Random random, int i) {
        var task = List.of("a", "b", "c", "d").get(random.nextInt(4));
        var now = NOON.plusSeconds(i);
        return switch (random.nextInt(21)) {
            case 0 -> s -> s.start(now);
            case 1, 2 -> s -> s.beginAttempt(task, "agent-" + i);
            case 3, 4 -> s -> s.agentStarted(latest(s, task), "pane-" + i, i);
            case 5, 6 ->
                    s -> s.agentExited(latest(s, task), "pane", random.nextInt(4) == 0 ? 1 : 0);
            case 7, 8 -> s -> s.collected(task, new Work("base", "commit-" + i, List.of("x")));
            case 9, 10 -> s -> proved(s, task, i, random.nextInt(6) == 0 ? 1 : 0);
            case 11, 12 -> s -> s.merging(task, new Merge("m", "n")).accepted(task, "n");
            case 13 -> s -> s.rejected(task, "no");
            case 14 -> s -> s.finish(now);
            case 15 -> s -> s.agentLost(latest(s, task));
            case 16 -> s -> random.nextBoolean() ? s.paused(now) : s.resumed(now);
            case 17 -> s -> s.agentAsks(latest(s, task), QUESTION);
            case 18 -> s -> s.agentAnswered(latest(s, task));
            case 19 ->
                    s ->
                            random.nextBoolean()
                                    ? s.agentFrozen(latest(s, task))
                                    : s.agentThawed(latest(s, task));
            default ->
                    s -> random.nextInt(6) == 0 ? kill(s).cancelled(now) : s.retry(task, "u", now);
        };
    }

    private static Swarm proved(Swarm swarm, String taskId, int i, int exitCode) {
        if (!(swarm.task(taskId).orElseThrow().state() instanceof TaskState.Verifying)) {
            return swarm;
        }
        return swarm.proved(taskId, evidence(latest(swarm, taskId), i, exitCode));
    }

    private static Swarm kill(Swarm swarm) {
        var next = swarm;
        for (var agent : swarm.agents()) {
            next = next.agentKilled(agent.id(), 137);
        }
        return next;
    }

    private static String latest(Swarm swarm, String taskId) {
        return swarm.agents().stream()
                .filter(agent -> agent.taskId().equals(taskId))
                .reduce((_, later) -> later)
                .orElseThrow()
                .id();
    }

    private static void promises(Swarm before, Swarm after, String where) {
        for (var task : after.tasks()) {
            if (task.state() instanceof TaskState.Done) {
                assertTrue(!task.evidence().isEmpty(), where);
                assertTrue(task.evidence().stream().allMatch(Evidence::passed), where);
            }
            if (!(task.state() instanceof TaskState.Waiting)
                    && !(task.state() instanceof TaskState.Cancelled)) {
                assertTrue(dependenciesDone(after, task), where + " " + task.id());
            }
            var agents = after.agents().stream().filter(a -> a.taskId().equals(task.id()));
            assertEquals(task.attempts(), (int) agents.count(), where);
            if (task.state().settled() && after.state().ended()) {
                assertTrue(latestEnded(after, task), where + " " + task.id());
            }
        }
        for (var agent : after.agents()) {
            var was = before.agent(agent.id());
            if (agent.state() instanceof AgentState.NeedsYou && was.isPresent()) {
                var old = was.get().state();
                assertTrue(
                        old instanceof AgentState.NeedsYou || old instanceof AgentState.Working,
                        where + " " + old);
            }
        }
        if (after.state().ended()) {
            assertTrue(after.tasks().stream().allMatch(t -> t.state().settled()), where);
        }
        if (after.state() instanceof SwarmState.Completed) {
            assertEquals(after.tasks().size(), after.done(), where);
        }
        assertTrue(after.commands() >= before.commands(), where);
    }

    private static boolean dependenciesDone(Swarm swarm, Task task) {
        return task.planned().dependsOn().stream()
                .allMatch(id -> swarm.task(id).orElseThrow().state() instanceof TaskState.Done);
    }

    private static boolean latestEnded(Swarm swarm, Task task) {
        return swarm.agents().stream()
                .filter(agent -> agent.taskId().equals(task.id()))
                .map(Agent::state)
                .allMatch(AgentState.Exited.class::isInstance);
    }

    private static Evidence evidence(String agentId, int check, int exitCode) {
        return new Evidence(
                "e" + check + exitCode,
                agentId,
                Evidence.Stage.COMMIT,
                check > 0 ? 1 : 0,
                check,
                "true",
                "sha",
                exitCode,
                null,
                Evidence.Scrutiny.NONE,
                "sha",
                0,
                List.of(),
                "c",
                "sandboxed",
                NOON);
    }

    private static String state(Swarm swarm, String taskId) {
        return swarm.task(taskId).orElseThrow().state().word();
    }

    private static Swarm swarm(PlannedTask... tasks) {
        var origin = new Origin("p", null, "w", "t", "u", "r", null, List.of());
        return Swarm.approve("s", origin, new ArrayList<>(List.of(tasks)));
    }

    private static PlannedTask task(String id, String... dependsOn) {
        return new PlannedTask(
                id,
                id,
                "developer",
                AdapterKind.COMMAND,
                null,
                null,
                List.of("true"),
                null,
                Map.of(),
                List.of(dependsOn),
                List.of(new AcceptanceCheck("true")));
    }
}
