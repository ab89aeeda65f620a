package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.Allowance;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.swarm.PauseLevel;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import io.orchflow.orchestration.task.TaskState;
import io.orchflow.workspace.v1.Attempt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PauseLevelTest extends WorkersFixture {

    private void pause(String id, PauseLevel level) {
        store.ask(id, s -> s.wish(new Wish(Wish.Kind.PAUSE, "u", level)));
        nodes.forEach(node -> node.wake(id));
    }

    private void resume(String id) {
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        nodes.forEach(node -> node.wake(id));
    }

    private Swarm awaitPaused(String id) {
        return await(id, s -> s.state() instanceof SwarmState.Paused);
    }

    private static TaskState state(Swarm swarm, String taskId) {
        return swarm.task(taskId).orElseThrow().state();
    }

    private String held() {
        return add(store, List.of(task("a", "hold", "a=1"), after("b", "a")));
    }

    @Test
    void whoHoldsEndsWhatHasBegunAndBeginsNothing() {
        var id = held();
        node();
        await(id, s -> working(s, "a"));
        pause(id, PauseLevel.HOLD);

        agent.exit("a", 0);

        var paused = awaitPaused(id);
        assertInstanceOf(TaskState.Done.class, state(paused, "a"));
        assertInstanceOf(TaskState.Ready.class, state(paused, "b"));
        assertEquals(List.of("a"), List.copyOf(agent.launches.keySet()));
        resume(id);
        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
        assertEquals(Map.of("a", 1, "b", 1), Map.copyOf(agent.launches));
    }

    @Test
    void nothingIsFrozenWhileASwarmHoldsUntilSomebodyFreezesIt() {
        var id = held();
        node();
        await(id, s -> working(s, "a"));
        pause(id, PauseLevel.HOLD);
        await(id, s -> s.wish().holds());
        assertEquals(Attempt.State.RUNNING, agent.ofTask("a").getState());

        pause(id, PauseLevel.FREEZE);

        awaitPaused(id);
        assertEquals(Attempt.State.FROZEN, agent.ofTask("a").getState());
    }

    @Test
    void aReviewDoesNotKeepASwarmFromItsPause() {
        var reviewed =
                new PlannedTask(
                        "a",
                        "Task a",
                        "developer",
                        AdapterKind.COMMAND,
                        null,
                        null,
                        List.of("work", "a=1"),
                        null,
                        Map.of(),
                        List.of(),
                        List.of(new AcceptanceCheck("has a")),
                        new Allowance(List.of(), false, true, false));
        var id = add(store, List.of(reviewed));
        node();
        var waiting = await(id, s -> s.task("a").orElseThrow().review() != null);
        pause(id, PauseLevel.HOLD);
        awaitPaused(id);

        var commit = Objects.requireNonNull(waiting.task("a").orElseThrow().review()).commit();
        store.ask(id, s -> s.reviewed("a", commit, "u", null));
        resume(id);

        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERRUPT", "HIBERNATE"})
    void whatWasEndedGoesOnWithWhatItHadDone(PauseLevel level) {
        var id = held();
        node();
        var first = agentOf(await(id, s -> working(s, "a")), "a").id();

        pause(id, level);

        var paused = awaitPaused(id);
        assertTrue(agent.all().stream().allMatch(a -> a.getState() == Attempt.State.EXITED));
        assertInstanceOf(TaskState.Ready.class, state(paused, "a"));
        assertInstanceOf(AgentState.Exited.class, agentOf(paused, "a").state());
        var returned = Objects.requireNonNull(paused.task("a").orElseThrow().returned());
        assertEquals(0, returned.times());
        resume(id);
        await(id, s -> s.agents().size() == 2 && working(s, "a"));
        assertNotEquals(first, agent.ofTask("a").getAgentId());
        var launched = Objects.requireNonNull(agent.launched.get("a"));
        assertEquals(returned.commit(), launched.getEarlierCommit());
        agent.exit("a", 0);
        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
    }

    @Test
    void aFrozenSwarmMayHibernate() {
        var id = held();
        node();
        await(id, s -> working(s, "a"));
        pause(id, PauseLevel.FREEZE);
        awaitPaused(id);

        pause(id, PauseLevel.HIBERNATE);

        var asleep = await(id, s -> state(s, "a") instanceof TaskState.Ready);
        assertInstanceOf(SwarmState.Paused.class, asleep.state());
        assertEquals(Attempt.State.EXITED, agent.ofTask("a").getState());
        resume(id);
        await(id, s -> s.agents().size() == 2 && working(s, "a"));
    }

    @Test
    void whatHadDoneNothingBeginsAnew() {
        var id = add(store, List.of(task("a", "hold")));
        node();
        await(id, s -> working(s, "a"));

        pause(id, PauseLevel.HIBERNATE);

        assertNull(awaitPaused(id).task("a").orElseThrow().returned());
    }

    @Test
    void aNodeThatDiesInTheMiddleIsFollowedByOneThatEndsIt() {
        var id = held();
        node();
        await(id, s -> working(s, "a"));
        nodes.getFirst().close();
        agent.exit("a", 130);
        pause(id, PauseLevel.INTERRUPT);

        node();

        assertInstanceOf(TaskState.Ready.class, state(awaitPaused(id), "a"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERRUPT", "HIBERNATE"})
    void whatHasComeToItsOwnEndIsJudgedAsAlways(PauseLevel level) {
        var id = held();
        node();
        await(id, s -> working(s, "a"));
        nodes.getFirst().close();
        agent.exit("a", 0);
        pause(id, level);

        node();

        var paused = awaitPaused(id);
        assertInstanceOf(AgentState.Verifying.class, agentOf(paused, "a").state());
        resume(id);
        assertInstanceOf(SwarmState.Completed.class, awaitEnd(id).state());
        assertEquals(Map.of("a", 1, "b", 1), Map.copyOf(agent.launches));
    }
}
