package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.Program;
import io.orchflow.orchestration.swarm.Wish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelWatchTest extends WorkersFixture {

    private static PlannedTask program(String profile) {
        return new PlannedTask(
                "a",
                "Write it",
                "developer",
                AdapterKind.COMMAND,
                "Write a poem.",
                null,
                List.of(),
                new Program(profile, null),
                Map.of(),
                List.of(),
                List.of(new AcceptanceCheck("has README.md")));
    }

    private String swarmOf(PlannedTask task) {
        return add(store, List.of(task));
    }

    @Test
    void anAgentProgramIsStartedWithItsPromptItsModelAndAToken() throws Exception {
        var id = swarmOf(program("codex"));
        node();
        await(id, s -> working(s, "a"));

        var launched = Objects.requireNonNull(agent.launched.get("a"));
        assertEquals(List.of("orchflow-program", "codex"), launched.getCommandList());
        assertTrue(launched.getModel());
        var agentId = agentOf(store.find(id).orElseThrow(), "a").id();
        assertEquals(
                Map.of("ORCHFLOW_MODEL_TOKEN", "token of " + agentId),
                launched.getEnvironmentMap());
        var input = new ObjectMapper().readTree(launched.getInputFile().toStringUtf8());
        assertEquals("{\"name\":\"big\",\"wire\":\"responses\"}", input.get("model").toString());
        var prompt = input.get("prompt").asText();
        assertTrue(prompt.contains("Write a poem."), prompt);
        assertTrue(prompt.contains("    has README.md"), prompt);
        assertTrue(prompt.contains("> do it"), prompt);
        assertFalse(input.toString().contains("token of"));
    }

    @Test
    void withoutAModelTheAttemptFailsAndSaysWhatToDo() {
        models.there = false;
        var id = swarmOf(program("codex"));
        node();

        var swarm = awaitEnd(id);

        assertEquals(
                "not launched: the team has no model provider that speaks responses: add one in"
                        + " Settings, Models",
                failed(swarm, "a").reason());
    }

    @Test
    void anUnknownProgramFailsTheAttempt() {
        var id = swarmOf(program("nobody"));
        node();

        assertTrue(failed(awaitEnd(id), "a").reason().contains("no agent program nobody"));
    }

    @Test
    void whatAnAgentSendsComesToTheProxyWithItsName() {
        var id = swarmOf(program("codex"));
        node();
        var swarm = await(id, s -> working(s, "a"));
        awaitTrue(() -> agent.doors.heard(id));

        var connection = agent.doors.open(id, agentOf(swarm, "a").id(), "x".repeat(100_000));

        awaitTrue(() -> connection.came().length() == 100_000);
        var asking = models.asking.getFirst();
        assertEquals(agentOf(swarm, "a").id(), asking.caller().agentId());
        assertEquals("u", asking.caller().userId());
        assertTrue(asking.mayAsk());
    }

    @Test
    void anotherSwarmsAgentIsNotServed() {
        var id = swarmOf(program("codex"));
        node();
        await(id, s -> working(s, "a"));
        awaitTrue(() -> agent.doors.heard(id));

        var strange = agent.doors.open(id, "somebody", "hello");
        var known = agent.doors.open(id, agentOf(store.find(id).orElseThrow(), "a").id(), "hello");

        awaitTrue(() -> known.came().equals("hello"));
        assertEquals("", strange.came());
        assertEquals(1, models.asking.size());
    }

    @Test
    void aReachedBudgetPausesTheSwarmUntilAPersonResumesIt() {
        var id = swarmOf(program("codex"));
        node();
        var swarm = await(id, s -> working(s, "a"));
        awaitTrue(() -> agent.doors.heard(id));
        agent.doors.open(id, agentOf(swarm, "a").id(), "hello");
        awaitTrue(() -> !models.asking.isEmpty());

        models.asking.getFirst().budgetReached("the budget of 5 tokens is used up");

        var paused = await(id, s -> s.state().word().equals("PAUSED"));
        assertEquals(
                "the budget of 5 tokens is used up: raise it, then resume the swarm",
                paused.waiting());
        assertFalse(models.asking.getFirst().mayAsk());
        store.ask(id, s -> s.wish(Wish.Kind.RUN, "u"));
        var resumed = await(id, s -> s.state().word().equals("RUNNING") && working(s, "a"));
        assertEquals(null, resumed.waiting());
    }

    @Test
    void aDeadNodesConnectionsComeToTheNextOne() {
        var id = swarmOf(program("codex"));
        node();
        var swarm = await(id, s -> working(s, "a"));
        awaitTrue(() -> agent.doors.heard(id));
        nodes.getFirst().close();
        store.steal(id);
        node();
        awaitTrue(() -> agent.doors.listened() >= 2);

        var connection = agent.doors.open(id, agentOf(swarm, "a").id(), "again");

        awaitTrue(() -> connection.came().equals("again"));
    }
}
