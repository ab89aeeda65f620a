package io.orchflow.orchestration.worker;

import io.grpc.Channel;
import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.agent.AgentState;
import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.swarm.Origin;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;

/// An agent in memory, and workers that may die, lose their lease or race.
abstract class WorkersFixture {
    static final SwarmWorkers.Settings SETTINGS =
            new SwarmWorkers.Settings(Duration.ofMillis(300), Duration.ofMillis(20), 10);

    final FakeAgent agent = new FakeAgent();
    final MemoryStore store = new MemoryStore();
    final List<SwarmWorkers> nodes = new ArrayList<>();

    final FakeModels models = new FakeModels();

    volatile AgentChannels.Presence presence = AgentChannels.Presence.MAY_RUN;

    private final AgentChannels channels =
            new AgentChannels() {
                @Override
                public Channel to(String workspaceId) {
                    if (presence != Presence.MAY_RUN) {
                        throw new Unreachable("the workspace is not running");
                    }
                    return agent.channel();
                }

                @Override
                public Presence presence(String workspaceId) {
                    return presence;
                }
            };

    @AfterEach
    void stop() {
        nodes.forEach(SwarmWorkers::close);
        agent.close();
    }

    void node() {
        var node = new SwarmWorkers(store, channels, models, clock(), SETTINGS);
        nodes.add(node);
        node.start();
    }

    static SwarmWorkers.Settings quick() {
        return new SwarmWorkers.Settings(Duration.ofMillis(60), Duration.ofMillis(5), 10);
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    String diamond() {
        return add(
                store,
                List.of(
                        task("a", "work", "a=1"),
                        after("b", "a"),
                        after("c", "a"),
                        after("d", "b", "c")));
    }

    static String add(MemoryStore to, List<PlannedTask> tasks) {
        var origin = new Origin("p", null, "w", "t", "u", "do it", null, List.of());
        var swarm = Swarm.approve(Ids.next(), origin, tasks);
        to.add(swarm);
        return swarm.id();
    }

    static PlannedTask task(String id, String... command) {
        return planned(id, List.of(), List.of(check(id, command)), command);
    }

    static String check(String id, String... command) {
        return Arrays.asList(command).contains(id + "=1") ? "has " + id : "has README.md";
    }

    static PlannedTask checked(String id, List<String> checks, String... command) {
        return planned(id, List.of(), checks, command);
    }

    static PlannedTask after(String id, String... dependsOn) {
        return planned(id, List.of(dependsOn), List.of("has " + id), "work", id + "=1");
    }

    static PlannedTask planned(
            String id, List<String> dependsOn, List<String> checks, String... command) {
        return new PlannedTask(
                id,
                "Task " + id,
                "developer",
                AdapterKind.COMMAND,
                null,
                null,
                List.of(command),
                null,
                Map.of(),
                dependsOn,
                checks.stream().map(AcceptanceCheck::new).toList());
    }

    static boolean working(Swarm swarm, String taskId) {
        return swarm.agents().stream()
                .filter(a -> a.taskId().equals(taskId))
                .anyMatch(a -> a.state() instanceof AgentState.Working);
    }

    static Agent agentOf(Swarm swarm, String taskId) {
        return swarm.agents().stream()
                .filter(a -> a.taskId().equals(taskId))
                .findFirst()
                .orElseThrow();
    }

    static TaskState.Failed failed(Swarm swarm, String taskId) {
        return (TaskState.Failed) swarm.task(taskId).orElseThrow().state();
    }

    Swarm awaitEnd(String id) {
        return await(id, s -> s.state().ended());
    }

    Swarm await(String id, Predicate<Swarm> wanted) {
        return await(store, id, wanted);
    }

    static Swarm await(MemoryStore from, String id, Predicate<Swarm> wanted) {
        awaitTrue(() -> wanted.test(from.find(id).orElseThrow()), () -> from.find(id).toString());
        return from.find(id).orElseThrow();
    }

    static void awaitTrue(java.util.function.BooleanSupplier wanted) {
        awaitTrue(wanted, () -> "it did not happen within 5 s");
    }

    static void awaitTrue(
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
