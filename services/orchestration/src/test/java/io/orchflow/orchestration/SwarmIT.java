package io.orchflow.orchestration;

import static io.orchflow.orchestration.TestSystem.after;
import static io.orchflow.orchestration.TestSystem.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Swarms with real agents in a real workspace.
class SwarmIT {
    private static final String A_CHECK = "test -f a.txt || echo missing; echo seen; test -f a.txt";

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void workIsProvedOnItsCommitAndMergedBeforeDependantsStart() throws Exception {
        var id =
                system.swarm(
                        List.of(
                                task("a", "echo one > a.txt", A_CHECK),
                                after(task("b", "cat a.txt > b.txt", "grep -q one b.txt"), "a")));

        var swarm = system.await(id, "COMPLETED");

        assertThat(swarm.getInt("progress.done")).isEqualTo(2);
        assertThat(swarm.getList("tasks.state")).containsOnly("DONE");
        assertThat(swarm.getList("agents.state")).containsOnly("EXITED");
        assertThat(swarm.getList("agents.exitCode")).containsOnly(0);
        assertThat(swarm.getMap("agents[0]")).doesNotContainKey("pid");
        var evidence = new JsonObject(swarm.<Map<String, Object>>get("tasks[0].evidence[0]"));
        assertThat(evidence.getInteger("exitCode")).isZero();
        assertThat(evidence.getInteger("baselineExitCode")).isEqualTo(1);
        assertThat(evidence.getString("commit")).matches("[0-9a-f]{40}");
        assertThat(evidence.getString("checkSha256"))
                .isEqualTo(sha256(A_CHECK.getBytes(StandardCharsets.UTF_8)));
        var output = system.member().get(evidence.getString("outputUrl")).asByteArray();
        assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo("seen\n");
        assertThat(evidence.getString("outputSha256")).isEqualTo(sha256(output));
        assertThat(swarm.getString("title"))
                .isEqualTo("Build me a REST API with auth for a book shop");
        assertThat(swarm.getString("tasks[1].checks[0].command")).isEqualTo("grep -q one b.txt");
        assertThat(evidence.getString("checkSha256"))
                .isEqualTo(swarm.getString("tasks[0].checks[0].sha256"));
        assertThat(swarm.getString("tasks[0].startedAt"))
                .isLessThan(swarm.getString("tasks[0].endedAt"));
        assertThat(swarm.getString("tasks[0].endedAt"))
                .isLessThanOrEqualTo(swarm.getString("tasks[1].startedAt"));
        assertRedBefore(evidence);
        assertThat(swarm.getMap("tasks[0].evidence[0]").get("baselineOutputUrl"))
                .isNotEqualTo(evidence.getString("outputUrl"));
        system.stranger().get(evidence.getString("baselineOutputUrl")).then().statusCode(404);
        system.member()
                .get("/api/swarms/" + id + "/tasks/a/diff")
                .then()
                .statusCode(200)
                .body(containsString("+one"));
        system.member()
                .get("/api/swarms?workspaceId=" + system.workspaceId)
                .then()
                .statusCode(200)
                .body("find { it.id == '" + id + "' }.state", equalTo("COMPLETED"))
                .body("find { it.id == '" + id + "' }.title", containsString("book shop"));
    }

    @Test
    void aCheckThatMustFailEndsTheSwarmFailedAndNamesTheInputsThatWereChanged() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "mkdir -p test; echo 'exit 3' > test/run.sh",
                                        "sh test/run.sh"),
                                after(task("b", "true", "true"), "a")));

        var swarm = system.await(id, "FAILED");

        assertThat(swarm.getString("tasks[0].state")).isEqualTo("FAILED");
        assertThat(swarm.getString("tasks[1].state")).isEqualTo("CANCELLED");
        assertThat(swarm.getInt("tasks[0].evidence[0].exitCode")).isEqualTo(3);
        assertThat(swarm.getList("tasks[0].evidence[0].inputsChanged"))
                .containsExactly("test/run.sh");
        system.member().post("/api/swarms/" + id + "/tasks/b/retry").then().statusCode(409);
        system.ask(id, "tasks/a/retry");
        system.await(id, s -> s.getInt("tasks[0].attempts") == 2 && failed(s));
    }

    private static boolean failed(JsonPath swarm) {
        return "FAILED".equals(swarm.getString("state"));
    }

    @Test
    void pauseStopsEveryProcessAndResumeGoesOnWhereItWas() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo $i; read -t 1 x < /dev/zero || true; "
                                                + "[ -f go ] && break; done; while ! [ -s $ORCHFLOW_INBOX ]; do :; done; echo ok > ok",
                                        "test -f ok")));
        var working = system.working(id, "a");
        int pid = working.getInt("agents[0].pid");
        assertThat(ProcessHandle.of(pid)).isPresent();

        system.ask(id, "pause");
        var paused = system.await(id, "PAUSED");
        assertThat(paused.getString("agents[0].state")).isEqualTo("PAUSED");
        var elapsed = paused.getLong("elapsedMs");
        assertThat(system.swarm(id).getLong("elapsedMs")).isEqualTo(elapsed);

        system.ask(id, "resume");
        system.working(id, "a");
        system.member()
                .body(Map.of("text", "go on"))
                .post("/api/swarms/" + id + "/messages")
                .then()
                .statusCode(202);
        var swarm = system.await(id, "COMPLETED");
        assertThat(swarm.getInt("tasks[0].attempts")).isEqualTo(1);
    }

    @Test
    void aProgramThatAsksNeedsAPersonUntilItIsAnswered() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "printf '\\033]777;notify;Fish;Which one?\\007'; while ! [ -s $ORCHFLOW_INBOX ]; do :; done; "
                                                + "printf 'sure? '; read x",
                                        "true")));

        var asking = system.await(id, s -> "NEEDS_YOU".equals(s.getString("agents[0].state")));
        assertThat(asking.getString("agents[0].reason")).isEqualTo("Fish: Which one?");
        assertThat(asking.getString("agents[0].since")).matches("20.*Z");
        system.ask(id, "pause");
        var paused = system.await(id, "PAUSED");
        assertThat(paused.getString("agents[0].state")).isEqualTo("PAUSED");
        assertThat(paused.getMap("agents[0]")).doesNotContainKeys("reason", "since");
        system.ask(id, "resume");
        system.await(id, s -> "NEEDS_YOU".equals(s.getString("agents[0].state")));

        system.member()
                .body(Map.of("text", "the cod"))
                .post("/api/swarms/" + id + "/messages")
                .then()
                .statusCode(202);

        system.working(id, "a");
        var waiting = system.await(id, s -> "NEEDS_YOU".equals(s.getString("agents[0].state")));
        assertThat(waiting.getString("agents[0].reason")).isEqualTo("It waits for input.");
        system.ask(id, "cancel");
        system.await(id, "CANCELLED");
    }

    private static void assertRedBefore(JsonObject evidence) throws Exception {
        var output = system.member().get(evidence.getString("baselineOutputUrl")).asByteArray();
        assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo("missing\nseen\n");
        assertThat(evidence.getString("baselineOutputSha256")).isEqualTo(sha256(output));
    }

    @Test
    void cancelLeavesNothing() {
        var id = system.swarm(List.of(task("a", "setsid sleep 1000 & sleep 1000", "true")));
        int pid = system.working(id, "a").getInt("agents[0].pid");

        system.ask(id, "cancel");

        var swarm = system.await(id, "CANCELLED");
        assertThat(swarm.getString("tasks[0].state")).isEqualTo("CANCELLED");
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        system.member().post("/api/swarms/" + id + "/resume").then().statusCode(409);
    }

    @Test
    void aKilledServiceComesBackAndNoTaskRunsTwice() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "echo ran >> /workspace/runs; while ! [ -s $ORCHFLOW_INBOX ]; do :; done",
                                        "test $(wc -l < runs) = 1"),
                                after(task("b", "echo b > b", "test -f b"), "a")));
        int pid = system.working(id, "a").getInt("agents[0].pid");

        system.orchestration.kill();
        assertThat(ProcessHandle.of(pid)).isPresent();
        system.orchestration.startAgain();

        system.member()
                .body(Map.of("text", "go on"))
                .post("/api/swarms/" + id + "/messages")
                .then()
                .statusCode(202);
        var swarm = system.await(id, "COMPLETED");
        assertThat(swarm.getList("tasks.attempts")).containsOnly(1);
    }

    @Test
    void checksCanBeRunAgainOnTheSameCommit() {
        var id =
                system.swarm(
                        List.of(
                                task(
                                        "a",
                                        "echo again > again",
                                        "test -f again || echo not yet; test -f again")));
        var before = system.await(id, "COMPLETED");
        assertThat(before.getList("tasks[0].evidence")).hasSize(1);

        system.ask(id, "tasks/a/verify");

        var after = system.await(id, s -> s.getList("tasks[0].evidence").size() == 2);
        assertThat(after.getString("tasks[0].evidence[1].commit"))
                .isEqualTo(after.getString("tasks[0].evidence[0].commit"));
        assertThat(after.getString("state")).isEqualTo("COMPLETED");
        for (int i = 0; i < 2; i++) {
            var url = after.getString("tasks[0].evidence[" + i + "].baselineOutputUrl");
            assertThat(system.member().get(url).asString()).isEqualTo("not yet\n");
        }
    }

    @Test
    void oneSocketTellsEverythingOfAWorkspace() {
        String url =
                system.member()
                        .body(Map.of("workspaceId", system.workspaceId))
                        .post("/api/orchestration/tickets")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("wsUrl");
        var frames = new CopyOnWriteArrayList<JsonObject>();
        var closed = new CopyOnWriteArrayList<Integer>();
        var socket = open(url, frames, closed);
        var id = system.swarm(List.of(task("a", "echo socket > socket", "test -f socket")));
        system.await(id, "COMPLETED");
        TestSystem.await(
                Duration.ofSeconds(5),
                () -> frames.stream().anyMatch(f -> told(f, id, "COMPLETED")),
                frames::toString);
        assertThat(frames.getFirst().getString("type")).isEqualTo("hello");
        assertThat(frames.stream().map(f -> f.getString("type")))
                .contains("message", "delta", "plan", "swarm", "task", "agent");
        var _ = socket.sendClose(1000, "done");

        open(url, frames, closed);
        TestSystem.await(Duration.ofSeconds(5), () -> closed.contains(4401), closed::toString);
    }

    private static boolean told(JsonObject frame, String swarmId, String state) {
        return Optional.ofNullable(frame.getJsonObject("data"))
                .filter(data -> swarmId.equals(data.getString("swarmId")))
                .filter(data -> state.equals(data.getString("state")))
                .isPresent();
    }

    private static WebSocket open(String url, List<JsonObject> frames, List<Integer> closed) {
        var base = system.orchestration.url().replaceFirst("^http", "ws");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(base + url), new Frames(frames, closed))
                .join();
    }

    /// Collects text frames.
    private static final class Frames implements WebSocket.Listener {
        private final List<JsonObject> frames;
        private final List<Integer> closed;
        private final StringBuilder part = new StringBuilder();

        Frames(List<JsonObject> frames, List<Integer> closed) {
            this.frames = frames;
            this.closed = closed;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                frames.add(new JsonObject(part.toString()));
                part.setLength(0);
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.add(code);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
