package io.orchflow.workspaces;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.orchflow.access.Role;
import io.orchflow.access.TestIssuer;
import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.SharedInfrastructure;
import io.orchflow.events.Ids;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract's workspaces, black box: the packaged service, real agents, PostgreSQL and Kafka.
class WorkspacesIT {

    private static final String TEAM = Ids.next();
    private static final Duration START = Duration.ofSeconds(30);
    private static TestIssuer issuer;
    private static PackagedService service;
    private static Path runtime;
    private static Path volumes;

    @BeforeAll
    static void start() {
        issuer = new TestIssuer();
        var environment = new HashMap<>(SharedInfrastructure.environment("workspaces", "true"));
        environment.put("ORCHFLOW_AUTH_URL", issuer.url());
        environment.put("ORCHFLOW_STOP_WORKSPACES", "true");
        environment.put(
                "ORCHFLOW_AGENT_PROGRAM",
                PackagedService.runner(Path.of("../../workspace-container/agent"), "agent")
                        .toAbsolutePath()
                        .toString());
        runtime = Path.of(environment.get("ORCHFLOW_RUNTIME_DIR"));
        volumes = Path.of(environment.get("ORCHFLOW_WORKSPACES_DIR"));
        service =
                new PackagedService(
                        "workspaces",
                        PackagedService.runner(Path.of("."), "workspaces"),
                        environment);
    }

    @AfterAll
    static void stop() {
        service.close();
        issuer.close();
    }

    @Test
    void startsStopsStartsAndDeletes() throws IOException {
        var id = create("shop");
        awaitState(id, "RUNNING");
        as(Role.MEMBER)
                .get("/api/workspaces/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("shop"))
                .body("teamId", equalTo(TEAM))
                .body("isolation", not(nullValue()));
        var first = agentPid(id);

        as(Role.MEMBER).post("/api/workspaces/" + id + "/stop").then().statusCode(202);
        awaitState(id, "STOPPED");
        await(() -> ProcessHandle.of(first).isEmpty());
        assertThat(processesOf(id)).isEmpty();

        as(Role.MEMBER).post("/api/workspaces/" + id + "/start").then().statusCode(202);
        awaitState(id, "RUNNING");
        assertThat(agentPid(id)).isNotEqualTo(first);

        as(Role.MEMBER).delete("/api/workspaces/" + id).then().statusCode(202);
        await(() -> get(id).statusCode() == 404);
        assertThat(volumes.resolve(id)).doesNotExist();
        assertThat(runtime.resolve("ws").resolve(id)).doesNotExist();
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void reportsAKilledAgentAndStartsItAgain() throws IOException {
        var id = create("killed");
        awaitState(id, "RUNNING");
        var first = agentPid(id);

        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        await(() -> !"RUNNING".equals(state(id)));
        assertThat(get(id).path("reason").toString()).contains("ended unexpectedly");

        awaitState(id, "RUNNING");
        assertThat(agentPid(id)).isNotEqualTo(first);
        remove(id);
    }

    @Test
    void aKilledServiceFindsItsAgentsAgain() throws IOException {
        var id = create("survivor");
        awaitState(id, "RUNNING");
        var pid = agentPid(id);

        service.kill();
        assertThat(ProcessHandle.of(pid)).isPresent();
        service.startAgain();

        awaitState(id, "RUNNING");
        assertThat(agentPid(id)).isEqualTo(pid);
        as(Role.MEMBER).post("/api/workspaces/" + id + "/stop").then().statusCode(202);
        awaitState(id, "STOPPED");
        await(() -> ProcessHandle.of(pid).isEmpty());
        remove(id);
    }

    @Test
    void anOrderlyEndStopsWorkspacesAndTheNextStartBringsThemBack() throws IOException {
        var running = create("comes back");
        var stopped = create("stays down");
        awaitState(running, "RUNNING");
        awaitState(stopped, "RUNNING");
        as(Role.MEMBER).post("/api/workspaces/" + stopped + "/stop").then().statusCode(202);
        awaitState(stopped, "STOPPED");

        service.stop();
        assertThat(processesOf(running)).isEmpty();
        service.startAgain();

        awaitState(running, "RUNNING");
        assertThat(state(stopped)).isEqualTo("STOPPED");
        remove(running);
        remove(stopped);
    }

    @Test
    void givesArchiveAndUsage() {
        var id = create("Book shop!");
        awaitState(id, "RUNNING");
        var usage = as(Role.VIEWER).get("/api/workspaces/" + id + "/usage");
        usage.then().statusCode(200);
        assertThat(usage.jsonPath().getLong("memoryBytes")).isPositive();
        assertThat(usage.jsonPath().getInt("processes")).isPositive();

        var archive = as(Role.VIEWER).get("/api/workspaces/" + id + "/archive");
        archive.then().statusCode(200).contentType("application/zip");
        as(Role.VIEWER)
                .accept("application/json")
                .get("/api/workspaces/" + id + "/archive")
                .then()
                .statusCode(200)
                .contentType("application/zip");
        assertThat(archive.header("Content-Disposition")).contains("Book-shop-.zip");
        assertThat(archive.asByteArray()).startsWith(0x50, 0x4b);
        remove(id);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        as(Role.MEMBER)
                .body(Map.of("name", " ", "source", Map.of("gitUrl", "file:///etc")))
                .post("/api/workspaces")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:orchflow:problem:bad-input"))
                .body("errors.field", hasItem("name"))
                .body("errors.field", hasItem("source.gitUrl"));
        as(Role.MEMBER).body("{").post("/api/workspaces").then().statusCode(400);
        as(Role.MEMBER).get("/api/workspaces?limit=0").then().statusCode(400);
        as(Role.MEMBER).get("/api/workspaces/unknown").then().statusCode(404);
        as(Role.MEMBER)
                .body(Map.of("name", "x", "teamId", Ids.next()))
                .post("/api/workspaces")
                .then()
                .statusCode(404);
    }

    @Test
    void keepsTeamsAndRolesApart() {
        var id = create("ours");
        given().baseUri(service.url()).get("/api/workspaces").then().statusCode(401);
        var stranger =
                given().baseUri(service.url())
                        .auth()
                        .oauth2(issuer.user("stranger", Ids.next(), Role.OWNER));
        stranger.get("/api/workspaces/" + id).then().statusCode(404);
        stranger.post("/api/workspaces/" + id + "/stop").then().statusCode(404);
        stranger.delete("/api/workspaces/" + id).then().statusCode(404);
        stranger.get("/api/workspaces").then().statusCode(200).body("id", not(hasItem(id)));
        as(Role.VIEWER).post("/api/workspaces/" + id + "/stop").then().statusCode(403);
        as(Role.VIEWER).body(Map.of("name", "x")).post("/api/workspaces").then().statusCode(403);
        as(Role.VIEWER).get("/api/workspaces/" + id).then().statusCode(200);
        remove(id);
    }

    @Test
    void pagesOldestFirst() {
        var team = Ids.next();
        var token = issuer.user("pager", team, Role.OWNER);
        RequestSpecification pager =
                given().baseUri(service.url()).auth().oauth2(token).contentType("application/json");
        List<String> ids =
                List.of("one", "two", "three").stream()
                        .map(
                                name ->
                                        pager.body(Map.of("name", name))
                                                .post("/api/workspaces")
                                                .<String>path("id"))
                        .toList();
        var first = pager.get("/api/workspaces?limit=2");
        assertThat(first.jsonPath().getList("id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.header("Link")).contains("after=" + ids.get(1)).contains("rel=\"next\"");
        var second = pager.get("/api/workspaces?limit=2&after=" + ids.get(1));
        assertThat(second.jsonPath().getList("id")).isEqualTo(ids.subList(2, 3));
        assertThat(second.header("Link")).isNull();
        ids.forEach(id -> pager.delete("/api/workspaces/" + id).then().statusCode(202));
    }

    private static String create(String name) {
        var answer =
                as(Role.MEMBER).body(Map.of("name", name, "teamId", TEAM)).post("/api/workspaces");
        answer.then().statusCode(202).body("state", equalTo("REQUESTED"));
        return answer.path("id");
    }

    private static void remove(String id) {
        as(Role.MEMBER).delete("/api/workspaces/" + id).then().statusCode(202);
        await(() -> get(id).statusCode() == 404);
    }

    private static RequestSpecification as(Role role) {
        return given().baseUri(service.url())
                .auth()
                .oauth2(issuer.user("user-" + role, TEAM, role))
                .contentType("application/json");
    }

    private static Response get(String id) {
        return as(Role.MEMBER).get("/api/workspaces/" + id);
    }

    private static String state(String id) {
        return get(id).path("state");
    }

    private static void awaitState(String id, String state) {
        await(() -> state.equals(state(id)), () -> get(id).asString());
    }

    private static long agentPid(String id) throws IOException {
        var file = runtime.resolve("ws").resolve(id).resolve("agent.process");
        return Long.parseLong(Files.readString(file).split(" ", -1)[0]);
    }

    /// Every process whose environment or command line names the workspace.
    private static List<Long> processesOf(String id) {
        try (var all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid).filter(pid -> names(pid, id)).toList();
        }
    }

    private static boolean names(long pid, String id) {
        try {
            var folder = Path.of("/proc", Long.toString(pid));
            return new String(
                                    Files.readAllBytes(folder.resolve("environ")),
                                    java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains(id)
                    || new String(
                                    Files.readAllBytes(folder.resolve("cmdline")),
                                    java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains(id);
        } catch (IOException _) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        await(condition, () -> "condition");
    }

    private static void await(BooleanSupplier condition, java.util.function.Supplier<String> what) {
        var deadline = System.nanoTime() + START.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what.get()).isLessThan(deadline);
            LockSupport.parkNanos(40_000_000);
        }
    }
}
