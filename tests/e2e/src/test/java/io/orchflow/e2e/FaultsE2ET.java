package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.events.orchestration.AgentStarted;
import io.orchflow.events.orchestration.SwarmCompleted;
import io.orchflow.events.orchestration.TaskVerified;
import io.orchflow.events.terminal.PaneOpened;
import io.orchflow.events.workspaces.WorkspaceStarted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What dies comes back; what was running never stopped; no fact is lost and none takes effect
/// twice.
class FaultsE2ET {
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final List<String> SERVICES =
            List.of("terminal", "auth", "workspaces", "orchestration", "gateway");

    @TempDir private Path data = Path.of("unset");

    /// Four tasks, two at once; each of the first two works until it is told to end.
    private static String startSwarmThatWaits(Work work) {
        return startSwarm(
                work, "until grep -qs enough \"$ORCHFLOW_INBOX\"; do echo tick; sleep 0.2; done");
    }

    /// Four tasks, two at once, of some length.
    private static String startSlowSwarm(Work work, int steps) {
        return startSwarm(
                work,
                "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo step $i; sleep 0.2; done"
                        .formatted(steps));
    }

    private static String startSwarm(Work work, String first) {
        ObjectNode[] tasks = new ObjectNode[4];
        for (int i = 0; i < tasks.length; i++) {
            String id = "t" + i;
            String script = (i < 2 ? first + "; " : "") + "echo x > " + id + ".txt";
            tasks[i] = Work.commandTask(id, "test -f " + id + ".txt", "sh", "-c", script);
            if (i > 1) {
                tasks[i].putArray("dependsOn").add("t" + (i - 2));
            }
        }
        return work.approve(work.customPlan(tasks));
    }

    @Test
    void anyServiceMayDieDuringASwarm() {
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "faults");
            String swarmId = startSwarmThatWaits(work);
            for (String service : SERVICES) {
                JsonNode swarm =
                        work.awaitSwarm(swarmId, "two agents", s -> Work.pids(s).size() == 2);
                List<Long> agents = Work.pids(swarm);
                long before = orchflow.service(service).pid();

                orchflow.service(service).destroyForcibly();
                Await.until(
                        service + " to come back",
                        RECOVERY,
                        () -> orchflow.services(service).anyMatch(p -> p.pid() != before));
                awaitAnswers(work);

                System.out.printf(
                        "kill -9 %s: pid %d -> %d, panes %s alive%n",
                        service, before, orchflow.service(service).pid(), agents);
                assertThat(agents).allMatch(pid -> ProcessHandle.of(pid).isPresent());
            }
            work.api
                    .post("/api/swarms/" + swarmId + "/messages", "{\"text\": \"enough\"}")
                    .expect(202);
            JsonNode done = work.awaitState(swarmId, "COMPLETED");

            StoryE2ET.assertProven(done);
            assertThat(Work.list(done.get("tasks")))
                    .allSatisfy(t -> assertThat(t.get("attempts").asInt()).isEqualTo(1));
            assertFactsComplete(orchflow, done);
        }
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
            } catch (AssertionError e) {
                return false;
            }
        };
    }

    private static void assertFactsComplete(Orchflow orchflow, JsonNode done) {
        int tasks = done.get("tasks").size();
        Await.until(
                "the last fact",
                Duration.ofSeconds(60),
                eventually(
                        () ->
                                FactLog.read(orchflow).of(SwarmCompleted.class).size() == 1
                                        && FactLog.read(orchflow).of(PaneOpened.class).size()
                                                >= tasks));
        FactLog log = FactLog.read(orchflow);
        System.out.println(log.summary());
        assertThat(log.missing()).isZero();
        assertThat(log.doubled()).isZero();
        assertThat(log.outOfOrder()).isZero();
        assertThat(log.of(AgentStarted.class)).hasSize(tasks);
        assertThat(log.of(TaskVerified.class)).hasSize(tasks);
        assertThat(log.of(PaneOpened.class).stream().filter(p -> p.getAgentId() != null))
                .hasSize(tasks);
    }

    @Test
    void aKilledWorkspaceAgentFindsItsPanesAgain() {
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "agent");
            String swarmId = startSlowSwarm(work, 60);
            JsonNode swarm = work.awaitSwarm(swarmId, "two agents", s -> Work.pids(s).size() == 2);
            List<Long> panes = Work.pids(swarm);
            long before = orchflow.workspaceAgents().findFirst().orElseThrow().pid();

            ProcessHandle.of(before).orElseThrow().destroyForcibly();
            Await.until(
                    "another agent process",
                    RECOVERY,
                    () -> orchflow.workspaceAgents().anyMatch(p -> p.pid() != before));
            work.awaitRunning(RECOVERY);

            assertThat(panes).allMatch(pid -> ProcessHandle.of(pid).isPresent());
            System.out.printf("kill -9 workspace agent %d: panes %s alive%n", before, panes);
            JsonNode done = work.awaitState(swarmId, "COMPLETED");
            assertThat(Work.list(done.get("tasks")))
                    .allSatisfy(t -> assertThat(t.get("attempts").asInt()).isEqualTo(1));
            assertFactsComplete(orchflow, done);
        }
    }

    @Test
    void peopleWorkWhileKafkaIsAway() {
        try (Orchflow orchflow =
                Orchflow.startWithoutKafka(data, Duration.ofSeconds(30)).awaitReady()) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "nokafka");
            String swarmId = startSlowSwarm(work, 5);
            JsonNode done = work.awaitState(swarmId, "COMPLETED");

            assertFactsComplete(orchflow, done);
            assertThat(FactLog.read(orchflow).of(WorkspaceStarted.class)).hasSize(1);
        }
    }

    @Test
    void aRestartFindsEverythingAndLeavesNothingRunning() {
        Api api;
        String workspaceId;
        String swarmId;
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            api = Api.signUp(orchflow);
            Work work = Work.inNewWorkspace(api, "restart");
            workspaceId = work.workspaceId;
            swarmId = startSlowSwarm(work, 300);
            work.awaitSwarm(swarmId, "two agents", s -> Work.pids(s).size() == 2);
            orchflow.terminate();
            assertThat(orchflow.leftovers()).isEmpty();
        }
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            Api again = api.at(orchflow.url());
            Work work = Work.in(again, workspaceId);
            work.awaitRunning(RECOVERY);
            JsonNode swarm = work.awaitState(swarmId, "PAUSED");
            assertThat(Work.pids(swarm)).isEmpty();
            again.get("/api/terminal/panes?workspaceId=" + workspaceId)
                    .expect(200)
                    .json()
                    .forEach(
                            p -> {
                                assertThat(p.get("state").asText()).isEqualTo("EXITED");
                                assertThat(p.has("exitCode")).isFalse();
                            });
            again.post("/api/swarms/" + swarmId + "/resume").expect(202);
            work.awaitSwarm(swarmId, "agents again", s -> Work.pids(s).size() == 2);
            again.post("/api/swarms/" + swarmId + "/cancel").expect(202);
            work.awaitState(swarmId, "CANCELLED");
        }
    }
}
