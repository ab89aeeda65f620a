package io.orchflow.orchestration.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.plan.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final List<PlannedTask> CHAIN =
            List.of(task("a"), task("b", "a"), task("c", "b"));

    @Test
    void inAMeshAndInParallelEverybodyMayWriteToEverybodyElse() {
        for (var topology : List.of(Topology.MESH, Topology.PARALLEL)) {
            var routes = new Routes(topology, CHAIN);
            assertTrue(routes.open("a", "c"));
            assertTrue(routes.open("c", "a"));
            assertFalse(routes.open("a", "a"));
        }
    }

    @Test
    void inAPipelineOnlyNeighboursMay() {
        var routes = new Routes(Topology.PIPELINE, CHAIN);
        assertTrue(routes.open("a", "b"));
        assertTrue(routes.open("b", "a"));
        assertFalse(routes.open("a", "c"));
        assertFalse(routes.open("c", "a"));
    }

    @Test
    void inAHierarchyTheSidesDoNot() {
        var routes =
                new Routes(
                        Topology.HIERARCHICAL,
                        List.of(
                                task("lead"),
                                task("x", "lead"),
                                task("y", "lead"),
                                task("end", "x", "y")));
        assertTrue(routes.open("lead", "x"));
        assertTrue(routes.open("end", "y"));
        assertFalse(routes.open("x", "y"));
        assertFalse(routes.open("lead", "end"));
    }

    @Test
    void talkIsEndedAtItsLimitAndNotBefore() {
        var breaker = new LoopBreaker(3, 10);
        assertEquals(true, breaker.refusal(2, 9).isEmpty());
        assertTrue(breaker.refusal(3, 0).orElseThrow().contains("without any progress"));
        assertTrue(breaker.refusal(0, 10).orElseThrow().contains("may send 10"));
    }

    private static PlannedTask task(String id, String... after) {
        return new PlannedTask(
                id,
                "Task " + id,
                "developer",
                AdapterKind.COMMAND,
                null,
                null,
                List.of("true"),
                null,
                Map.of(),
                List.of(after),
                List.of());
    }
}
