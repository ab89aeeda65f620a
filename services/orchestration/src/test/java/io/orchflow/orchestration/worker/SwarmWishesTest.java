package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.agent.Question;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// What workers make of what people ask: pause, resume, cancel, retry, verify, messages.
class SwarmWishesTest extends WorkersFixture {
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
    void anAgentWhoseProgramAsksNeedsAPerson() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1"), task("b", "hold", "b=1")));
        await(id, s -> working(s, "a") && working(s, "b"));

        agent.asks("a", "May I?");

        var asking = await(id, s -> asks(s, "a"));
        assertEquals(
                new Question("May I?", Instant.parse("2026-01-01T12:00:00.125Z")),
                agentOf(asking, "a").state().shownQuestion());
        assertTrue(working(asking, "b"));
        agent.asks("a", null);
        await(id, s -> working(s, "a"));
        agent.asks("a", "And now?");
        await(id, s -> asks(s, "a"));
        agent.exit("a", 0);
        agent.exit("b", 0);
        assertEquals("COMPLETED", awaitEnd(id).state().word());
    }

    @Test
    void aPausedAgentAsksNobodyUntilItGoesOn() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));
        agent.asks("a", "May I?");
        var agentId = agentOf(await(id, s -> asks(s, "a")), "a").id();

        store.ask(id, s -> s.wishAgent(agentId, Agent.Wish.PAUSE));
        await(id, s -> agentOf(s, "a").state() instanceof AgentState.Paused);
        store.ask(id, s -> s.wish(Wish.Kind.PAUSE, "u"));
        await(id, s -> s.state() instanceof SwarmState.Paused);
        agent.asks("a", "May I, please?");
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u").wishAgent(agentId, Agent.Wish.RUN));

        var asking = await(id, s -> asks(s, "a"));
        assertEquals(
                "May I, please?",
                Objects.requireNonNull(agentOf(asking, "a").state().shownQuestion()).reason());
        store.ask(id, s -> s.wish(Wish.Kind.CANCEL, "u"));
        assertEquals("CANCELLED", awaitEnd(id).state().word());
    }

    private static boolean asks(Swarm swarm, String taskId) {
        return agentOf(swarm, taskId).state() instanceof AgentState.NeedsYou;
    }

    @Test
    void aStoppedWorkspaceLeavesNobodyWorkingAndResumeBeginsAnew() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));

        presence = AgentChannels.Presence.STOPPED;

        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);
        assertTrue(paused.agents().stream().noneMatch(a -> a.state().live()));
        assertEquals("READY", paused.task("a").orElseThrow().state().word());
        assertTrue(String.valueOf(paused.waiting()).contains("start it"), paused.toString());
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> s.wish().kind() == Wish.Kind.PAUSE);

        presence = AgentChannels.Presence.MAY_RUN;
        await(id, s -> s.state() instanceof SwarmState.Paused);
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> working(s, "a"));
        agent.exit("a", 0);
        assertEquals("COMPLETED", awaitEnd(id).state().word());
    }

    @Test
    void aStoppedWorkspaceKeepsNobodyFromCancelling() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));

        presence = AgentChannels.Presence.STOPPED;
        store.ask(id, s -> s.wish(Wish.Kind.CANCEL, "u"));

        assertEquals("CANCELLED", awaitEnd(id).state().word());
    }

    @Test
    void aDeletedWorkspaceEndsItsSwarms() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));

        presence = AgentChannels.Presence.DELETED;

        assertEquals("CANCELLED", awaitEnd(id).state().word());
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
}
