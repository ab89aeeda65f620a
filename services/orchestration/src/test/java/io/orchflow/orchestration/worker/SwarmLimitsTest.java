package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.swarm.Caps;
import io.orchflow.orchestration.swarm.SwarmState;
import io.orchflow.orchestration.swarm.Wish;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Limits of a swarm's time and of its agents.
class SwarmLimitsTest extends WorkersFixture {
    @Test
    void aSwarmWhoseTimeIsUpPausesUntilItHasMore() {
        node();
        var id = add(store, List.of(task("a", "hold", "a=1")));
        await(id, s -> working(s, "a"));

        store.caps = new Caps(0L, null);

        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);
        assertEquals(
                "the budget of 0 minutes for this swarm is used up: raise it, then resume the swarm",
                paused.waiting());
        assertEquals("budget", paused.wish().cause());
        assertTrue(paused.agents().stream().allMatch(a -> a.state() instanceof AgentState.Paused));

        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> s.wish().kind() == Wish.Kind.PAUSE);
        store.caps = new Caps(1L, null);
        await(id, s -> s.state() instanceof SwarmState.Paused);
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        await(id, s -> working(s, "a"));
        agent.exit("a", 0);
        assertEquals("COMPLETED", awaitEnd(id).state().word());
    }

    @Test
    void noMoreAgentsBeginThanAllowed() {
        store.caps = new Caps(null, 2L);
        node();
        var id = diamond();

        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);

        assertEquals(2, paused.agents().size());
        assertTrue(
                String.valueOf(paused.waiting()).startsWith("the budget of 2 agents"),
                paused.toString());
        store.caps = Caps.NONE;
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        assertEquals("COMPLETED", awaitEnd(id).state().word());
    }

    @Test
    void manyTasksAtOnceBeginNoMoreAgentsThanAllowed() {
        store.caps = new Caps(null, 3L);
        node();
        var id =
                add(
                        store,
                        IntStream.range(0, 20)
                                .mapToObj(i -> task("t" + i, "hold", "t" + i + "=1"))
                                .toList());

        var paused = await(id, s -> s.state() instanceof SwarmState.Paused);

        assertEquals(3, paused.agents().size());
        assertTrue(store.history.stream().allMatch(s -> s.agents().size() <= 3));
    }
}
