package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.events.orchestration.AgentStarted;
import io.orchflow.events.orchestration.SwarmCompleted;
import io.orchflow.events.orchestration.TaskVerified;
import io.orchflow.events.terminal.PaneExited;
import io.orchflow.events.terminal.PaneOpened;
import io.orchflow.events.workspaces.WorkspaceStarted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What dies comes back; what was running never stopped; no fact is lost and none takes effect
/// twice. Each of these is shown to fail without its guard by `guards/prove`.
class FaultsE2ET {
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<String> SERVICES =
            List.of("terminal", "auth", "workspaces", "orchestration", "gateway");
    private static final String UNTIL_ENOUGH =
            "until grep -qs enough \"$ORCHFLOW_INBOX\"; do echo tick; sleep 0.2; done; ";

    @TempDir private Path data = Path.of("unset");

    /// Four tasks, two at once; each of the first two works until it is told to end.
    private static String startSwarmThatWaits(Work work) {
        ObjectNode[] tasks = new ObjectNode[4];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = task("t" + i, i < 2 ? UNTIL_ENOUGH : "");
            if (i > 1) {
                tasks[i].putArray("dependsOn").add("t" + (i - 2));
            }
        }
        return work.approve(work.customPlan(tasks));
    }

    private static ObjectNode task(String id, String first) {
        String script = first + "echo x > " + id + ".txt";
        return Work.commandTask(id, "test -f " + id + ".txt", "sh", "-c", script);
    }

    private static List<Long> twoAgents(Work work, String swarmId) {
        return Work.pids(
                work.awaitSwarm(swarmId, "two agents", RECOVERY, s -> Work.pids(s).size() == 2));
    }

    @Test
    void anyServiceMayDieDuringASwarm() {
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "faults");
            String swarmId = startSwarmThatWaits(work);
            for (String service : SERVICES) {
                List<Long> agents = twoAgents(work, swarmId);
                long before = orchflow.service(service).pid();

                if (service.equals("orchestration")) {
                    killWhileItSendsFacts(orchflow, before, work, swarmId);
                } else {
                    Kernel.kill(before);
                }
                awaitAnother(orchflow, service, before);
                awaitAnswers(work);

                System.out.printf(
                        "kill -9 %s: pid %d -> %d, panes %s alive%n",
                        service, before, orchflow.service(service).pid(), agents);
                assertThat(agents).allMatch(Kernel::runs);
            }
            work.tell(swarmId, "enough");
            JsonNode done = work.awaitState(swarmId, "COMPLETED");

            StoryE2ET.assertProven(done);
            assertOneAttemptEach(done);
            assertFactsComplete(orchflow, done);
        }
    }

    /// Kafka stands still, so that its relay is in the middle of a batch when the service dies.
    private static void killWhileItSendsFacts(
            Orchflow orchflow, long service, Work work, String swarmId) {
        try (var _ = Kernel.halt(orchflow.kafka().orElseThrow())) {
            List.of("one", "two", "three", "four").forEach(note -> work.tell(swarmId, note));
            Kernel.kill(service);
        }
    }

    private static void awaitAnother(Orchflow orchflow, String service, long before) {
        Await.until(
                service + " to come back",
                RECOVERY,
                () -> orchflow.services(service).anyMatch(p -> p.pid() != before));
    }

    private static void awaitAnswers(Work work) {
        Api api = work.api;
        String panes = "/api/terminal/panes?workspaceId=" + work.workspaceId;
        String swarms = "/api/swarms?workspaceId=" + work.workspaceId;
        Await.until(
                "answers of every service",
                RECOVERY,
                eventually(
                        () ->
                                api.get("/api/auth/me").status() == 200
                                        && api.get("/api/workspaces").status() == 200
                                        && api.get(panes).status() == 200
                                        && api.get(swarms).status() == 200));
    }

    private static BooleanSupplier eventually(BooleanSupplier condition) {
        return () -> {
            try {
                return condition.getAsBoolean();
            } catch (AssertionError | RuntimeException e) {
                return false;
            }
        };
    }

    private static void assertOneAttemptEach(JsonNode swarm) {
        assertThat(Work.list(swarm.get("tasks")))
                .as(swarm.toPrettyString())
                .allSatisfy(t -> assertThat(t.get("attempts").asInt()).isEqualTo(1));
    }

    private static void assertFactsComplete(Orchflow orchflow, JsonNode... done) {
        int tasks = Stream.of(done).mapToInt(swarm -> swarm.get("tasks").size()).sum();
        Await.until(
                "the last fact",
                Duration.ofSeconds(30),
                eventually(() -> hasEverything(FactLog.read(orchflow), done.length, tasks)),
                () -> FactLog.read(orchflow).summary());
        FactLog log = FactLog.read(orchflow);
        System.out.println(log.summary());
        assertThat(log.missing()).as("facts missing").isZero();
        assertThat(log.doubled()).as("effects doubled").isZero();
        assertThat(log.outOfOrder()).as("facts out of order").isZero();
        assertThat(log.of(AgentStarted.class)).hasSize(tasks);
        assertThat(log.of(TaskVerified.class)).hasSize(tasks);
        assertThat(log.of(PaneOpened.class).stream().filter(p -> p.getAgentId() != null))
                .hasSize(tasks);
    }

    private static boolean hasEverything(FactLog log, int swarms, int tasks) {
        return log.of(SwarmCompleted.class).size() >= swarms
                && log.of(PaneOpened.class).size() >= tasks
                && log.of(PaneExited.class).size() >= tasks;
    }

    @Test
    void aKilledWorkspaceAgentFindsItsPanesAgain() {
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "agent");
            String swarmId = startSwarmThatWaits(work);
            List<Long> agents = twoAgents(work, swarmId);
            long before = orchflow.workspaceAgents().findFirst().orElseThrow().pid();

            Kernel.kill(before);
            Await.until(
                    "another agent process",
                    RECOVERY,
                    () -> orchflow.workspaceAgents().anyMatch(p -> p.pid() != before));
            work.awaitRunning(RECOVERY);

            Await.until(
                    "the same processes in the same panes",
                    SOON,
                    eventually(() -> pids(work.runningPanes()).containsAll(agents)),
                    () -> agents + ", but panes " + work.runningPanes());
            System.out.printf(
                    "kill -9 workspace agent: pid %d -> %d, panes %s alive%n",
                    before, orchflow.workspaceAgents().findFirst().orElseThrow().pid(), agents);
            assertThat(agents).allMatch(Kernel::runs);
            assertTheyWorkOn(work);
            work.tell(swarmId, "enough");
            JsonNode done = work.awaitState(swarmId, "COMPLETED");
            assertOneAttemptEach(done);
            assertFactsComplete(orchflow, done);
        }
    }

    private static Set<Long> pids(List<JsonNode> panes) {
        return panes.stream().map(p -> p.path("pid").asLong()).collect(Collectors.toSet());
    }

    private static void assertTheyWorkOn(Work work) {
        for (JsonNode pane : work.runningPanes()) {
            try (var viewer =
                    PaneSocket.attach(work.api, pane.get("paneId").asText(), "viewer", null)) {
                Await.until("more output", SOON, () -> viewer.outputText().contains("tick"));
            }
        }
    }

    @Test
    void aLaunchThatNobodyHeardOfIsNotDoneTwice() {
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "launch");
            String first = startSwarmThatWaits(work);
            twoAgents(work, first);
            JsonNode plan = work.customPlan(task("cut", UNTIL_ENOUGH));
            var orchestration = orchflow.service("orchestration");
            String second;
            String agentId;
            try (var _ = Kernel.halt(orchflow.workspaceAgents().findFirst().orElseThrow())) {
                second = work.approve(plan);
                agentId = agentThatHangs(work, second);
                Kernel.halt(orchestration);
            }
            Await.until(
                    "the program", SOON, () -> Kernel.anyRunsWith("ORCHFLOW_AGENT_ID=" + agentId));

            Kernel.kill(orchestration.pid());
            awaitAnother(orchflow, "orchestration", orchestration.pid());
            awaitAnswers(work);
            long agent =
                    Work.pids(
                                    work.awaitSwarm(
                                            second,
                                            "its agent",
                                            RECOVERY,
                                            s -> Work.pids(s).size() == 1))
                            .getFirst();

            System.out.printf(
                    "kill -9 orchestration in a launch: pid %d -> %d, pane %d alive%n",
                    orchestration.pid(), orchflow.service("orchestration").pid(), agent);
            assertThat(work.runningPanes())
                    .filteredOn(p -> p.path("agentId").asText().equals(agentId))
                    .as("panes of the one agent")
                    .hasSize(1);
            work.tell(first, "enough");
            work.tell(second, "enough");
            var done = new ArrayList<JsonNode>();
            for (String swarmId : List.of(first, second)) {
                done.add(work.awaitState(swarmId, "COMPLETED"));
                assertOneAttemptEach(done.getLast());
            }
            assertFactsComplete(orchflow, done.toArray(JsonNode[]::new));
        }
    }

    /// The agent whose launch has been on its way for a second.
    private static String agentThatHangs(Work work, String swarmId) {
        long[] since = {0};
        JsonNode swarm =
                work.awaitSwarm(
                        swarmId,
                        "a launch that hangs",
                        SOON,
                        s -> {
                            boolean starting = s.at("/agents/0/state").asText().equals("STARTING");
                            since[0] = starting && since[0] == 0 ? System.nanoTime() : since[0];
                            return starting && System.nanoTime() - since[0] > 1_000_000_000L;
                        });
        return swarm.at("/agents/0/id").asText();
    }

    @Test
    void peopleWorkWhileKafkaIsAway() {
        try (Orchflow orchflow =
                Orchflow.startWithoutKafka(data, Duration.ofSeconds(60)).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "nokafka");
            String swarmId = work.approve(work.customPlan(task("t0", ""), task("t1", "")));
            Optional<Long> away = orchflow.kafka().map(ProcessHandle::pid);
            JsonNode done = work.awaitState(swarmId, "COMPLETED");

            Await.until("Kafka", RECOVERY, () -> orchflow.kafka().isPresent());
            System.out.printf(
                    "kafka: no pid at the approval -> %d%n", orchflow.kafka().orElseThrow().pid());
            assertThat(away).as("Kafka's process while people worked").isEmpty();
            assertFactsComplete(orchflow, done);
            assertThat(FactLog.read(orchflow).of(WorkspaceStarted.class)).hasSize(1);
        }
    }

    @Test
    void aRestartFindsEverythingAndLeavesNothingRunning() {
        Api api;
        String workspaceId;
        List<String> swarms = new ArrayList<>();
        Set<String> running;
        String failed;
        long before;
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            api = Api.signUp(orchflow);
            Work work = Work.inNewWorkspace(api, "restart");
            workspaceId = work.workspaceId;
            swarms.add(startSwarmThatWaits(work));
            twoAgents(work, swarms.getFirst());
            swarms.add(swarmUnderCheck(work));
            failed = work.approve(work.customPlan(Work.commandTask("red", "false", "true")));
            work.awaitState(failed, "FAILED");
            before = orchflow.service("orchestration").pid();
            running = ids(work.runningPanes());
            orchflow.terminate();
            assertThat(orchflow.leftovers()).isEmpty();
        }
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            System.out.printf(
                    "restart: orchestration %d -> %d, nothing left between%n",
                    before, orchflow.service("orchestration").pid());
            Api again = api.at(orchflow.url());
            Work work = Work.in(again, workspaceId);
            work.awaitRunning(RECOVERY);
            for (String swarmId : swarms) {
                assertThat(Work.pids(work.awaitState(swarmId, "PAUSED", SOON))).isEmpty();
                work.awaitSwarm(
                        swarmId,
                        "why it is paused",
                        SOON,
                        s -> s.path("reason").asText().contains("restart"));
            }
            assertThat(work.panes())
                    .filteredOn(p -> running.contains(p.get("paneId").asText()))
                    .hasSize(2)
                    .allSatisfy(
                            p -> {
                                assertThat(p.get("state").asText()).isEqualTo("EXITED");
                                assertThat(p.has("exitCode")).isFalse();
                            });
            again.post("/api/swarms/" + failed + "/tasks/red/retry").expect(202);
            work.awaitSwarm(
                    failed,
                    "a second try without another word",
                    RECOVERY,
                    s ->
                            s.at("/tasks/0/attempts").asInt() == 2
                                    && s.path("state").asText().equals("FAILED"));
            again.post("/api/swarms/" + swarms.getFirst() + "/resume").expect(202);
            twoAgents(work, swarms.getFirst());
            for (String swarmId : swarms) {
                again.post("/api/swarms/" + swarmId + "/cancel").expect(202);
                work.awaitState(swarmId, "CANCELLED");
            }
        }
    }

    private static Set<String> ids(List<JsonNode> panes) {
        return panes.stream().map(p -> p.get("paneId").asText()).collect(Collectors.toSet());
    }

    /// Its agent is done; the check of its work takes longer than this test.
    private static String swarmUnderCheck(Work work) {
        ObjectNode slow =
                Work.commandTask("slow", "sleep 300; test -f a", "sh", "-c", "echo a > a");
        String swarmId = work.approve(work.customPlan(slow));
        work.awaitSwarm(
                swarmId,
                "a check under way",
                RECOVERY,
                s -> s.at("/tasks/0/state").asText().equals("VERIFYING"));
        return swarmId;
    }
}
