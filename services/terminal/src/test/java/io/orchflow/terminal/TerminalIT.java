package io.orchflow.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.orchflow.access.Role;
import io.orchflow.events.Ids;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract's terminal, row by row.
class TerminalIT {

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem(Map.of("ORCHFLOW_ORIGINS", "http://127.0.0.1:8080"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void opensListsTypesExitsAndCloses() throws Exception {
        var answer =
                system.member()
                        .body(
                                Map.of(
                                        "sessionId",
                                        system.workspaceId,
                                        "options",
                                        Map.of("title", "mine", "cols", 100, "rows", 30)))
                        .post("/api/terminal/pane");
        answer.then().statusCode(201);
        String paneId = answer.path("paneId");
        try (var viewer = PaneViewer.attach(system.terminal.url() + answer.path("wsUrl"))) {
            TestSystem.await(() -> viewer.has("lease"), () -> viewer.texts().toString());
            var hello = viewer.texts().getFirst();
            assertThat(hello.getString("type")).isEqualTo("hello");
            assertThat(hello.getString("paneId")).isEqualTo(paneId);
            assertThat(hello.getString("role")).isEqualTo("driver");
            assertThat(hello.getInteger("cols")).isEqualTo(100);
            assertThat(hello.getInteger("rows")).isEqualTo(30);
            assertThat(hello.getLong("seq")).isZero();
            assertThat(viewer.has(m -> holds(m, "member"))).isTrue();

            viewer.type("echo $((6*7))-$PWD; exit 3\r");
            TestSystem.await(() -> viewer.screen().contains("42-/"), viewer::screen);
            TestSystem.await(() -> viewer.has("exit"), viewer::screen);
            assertThat(viewer.has(m -> Integer.valueOf(3).equals(m.getInteger("exitCode"))))
                    .isTrue();

            system.member()
                    .get("/api/terminal/panes?workspaceId=" + system.workspaceId)
                    .then()
                    .statusCode(200)
                    .body("find { it.paneId == '" + paneId + "' }.state", equalTo("EXITED"))
                    .body("find { it.paneId == '" + paneId + "' }.exitCode", equalTo(3))
                    .body("find { it.paneId == '" + paneId + "' }.title", equalTo("mine"));

            system.close(paneId);
            assertThat(viewer.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1000);
            assertThat(viewer.broken()).isNull();
        }
        system.member().delete("/api/terminal/pane/" + paneId).then().statusCode(404);
        system.member()
                .get("/api/terminal/panes?workspaceId=" + system.workspaceId)
                .then()
                .body("paneId", not(hasItem(paneId)));
    }

    @Test
    void aRunningPaneHasAPidAndItsOutputCanBeReadAfterItsEnd() {
        var paneId = system.open("sh", "-c", "echo before; read line; echo after $line");
        system.member()
                .get("/api/terminal/panes?workspaceId=" + system.workspaceId)
                .then()
                .body("find { it.paneId == '" + paneId + "' }.state", equalTo("RUNNING"));
        int pid =
                system.member()
                        .get("/api/terminal/panes?workspaceId=" + system.workspaceId)
                        .path("find { it.paneId == '" + paneId + "' }.pid");
        assertThat(ProcessHandle.of(pid)).isPresent();
        try (var viewer = system.attach(paneId)) {
            viewer.type("x\r");
            TestSystem.await(() -> viewer.has("exit"), viewer::screen);
        }
        try (var late = system.attach(paneId)) {
            TestSystem.await(() -> late.has("exit"), late::screen);
            TestSystem.await(() -> late.screen().contains("after x"), late::screen);
            assertThat(late.screen()).contains("before");
        }
        system.close(paneId);
    }

    @Test
    void onlyTheHolderOfTheLeaseTypesAndSizes() {
        var paneId = system.open("cat");
        try (var driver = system.attach(paneId);
                var viewer =
                        PaneViewer.attach(
                                system.stream(system.as("guest", Role.VIEWER), paneId, "viewer"));
                var second =
                        PaneViewer.attach(
                                system.stream(
                                        system.as("second", Role.MEMBER), paneId, "driver"))) {
            TestSystem.await(() -> viewer.has("hello"), () -> "no hello");
            TestSystem.await(() -> second.has("lease"), () -> "no lease");
            assertThat(viewer.texts().getFirst().getString("role")).isEqualTo("viewer");
            viewer.type("from a viewer\r");
            second.type("from the second\r");
            driver.type("from the holder\r");
            TestSystem.await(() -> viewer.screen().contains("from the holder"), viewer::screen);
            assertThat(viewer.screen()).doesNotContain("from a viewer", "from the second");

            second.say(new JsonObject().put("type", "lease").put("take", true));
            TestSystem.await(
                    () -> driver.has(m -> holds(m, "second")), () -> driver.texts().toString());
            second.say(new JsonObject().put("type", "resize").put("cols", 90).put("rows", 20));
            TestSystem.await(
                    () -> viewer.has(m -> sized(m, 90, 20)), () -> viewer.texts().toString());
            driver.say(new JsonObject().put("type", "resize").put("cols", 33).put("rows", 33));
            second.type("now the second\r");
            TestSystem.await(() -> driver.screen().contains("now the second"), driver::screen);
            assertThat(driver.has(m -> sized(m, 33, 33))).isFalse();

            viewer.say(new JsonObject().put("type", "lease").put("take", true));
            TestSystem.await(() -> viewer.has("error"), () -> viewer.texts().toString());
        }
        system.close(paneId);
    }

    @Test
    void refusesWhatIsTooLargeOrUnknownAndGoesOn() {
        var paneId = system.open("cat");
        try (var viewer = system.attach(paneId)) {
            TestSystem.await(() -> viewer.has("hello"), () -> "no hello");
            viewer.input(new byte[(60 << 10) + 1]);
            TestSystem.await(
                    () -> viewer.has(m -> problem(m, 413)), () -> viewer.texts().toString());
            viewer.input(new byte[1 << 20]);
            TestSystem.await(
                    () -> viewer.texts().stream().filter(m -> problem(m, 413)).count() == 2,
                    () -> viewer.texts().toString());
            viewer.say(new JsonObject().put("type", "quit"));
            TestSystem.await(
                    () -> viewer.has(m -> problem(m, 400)), () -> viewer.texts().toString());
            viewer.type("still here\r");
            TestSystem.await(() -> viewer.screen().contains("still here"), viewer::screen);
        }
        system.close(paneId);
    }

    @Test
    void aLargePasteArrivesWhole() {
        var paste = new Paste(4 << 20);
        var paneId = system.open("sh", "-c", Paste.COMMAND);
        try (var viewer = system.attach(paneId)) {
            TestSystem.await(() -> viewer.screen().contains("ready"), viewer::screen);
            paste.parts().forEach(viewer::input);
            TestSystem.await(
                    Duration.ofSeconds(60),
                    () -> viewer.screen().contains(paste.digest()),
                    () -> viewer.texts() + viewer.screen());
            assertThat(viewer.closed()).isNotDone();
        }
        system.close(paneId);
    }

    @Test
    void aTicketIsGoodOnceAndForItsPaneOnly() throws Exception {
        var paneId = system.open("cat");
        var other = system.open("cat");
        var stream = system.stream(paneId);
        try (var first = PaneViewer.attach(stream);
                var second = PaneViewer.attach(stream)) {
            assertThat(second.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4401);
            assertThat(second.texts()).isEmpty();
            TestSystem.await(() -> first.has("hello"), () -> "no hello");
        }
        try (var wrong = PaneViewer.attach(system.stream(paneId).replace(paneId, other));
                var none = PaneViewer.attach(stream.replaceAll("\\?.*", ""))) {
            for (var viewer : List.of(wrong, none)) {
                assertThat(viewer.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4401);
                assertThat(viewer.texts()).isEmpty();
            }
        }
        try (var anew = PaneViewer.attach(system.stream(paneId) + "&from=x")) {
            TestSystem.await(() -> anew.has("hello"), () -> "no hello");
        }
        system.close(paneId);
        system.close(other);
    }

    @Test
    void aForeignOriginIsRefusedBeforeTheUpgrade() {
        var paneId = system.open("cat");
        assertThatThrownBy(() -> handshake(system.stream(paneId), "http://evil.example"))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
        handshake(system.stream(paneId), "http://127.0.0.1:8080").abort();
        system.close(paneId);
    }

    @Test
    void aRevokedSessionLosesItsSocketsWithinASecond() throws Exception {
        var paneId = system.open("cat");
        try (var leaving =
                        PaneViewer.attach(
                                system.stream(
                                        system.as("leaving", Role.MEMBER), paneId, "viewer"));
                var staying = system.attach(paneId)) {
            TestSystem.await(() -> leaving.has("hello"), () -> "no hello");
            var unused = system.stream(system.as("leaving", Role.MEMBER), paneId, "viewer");
            system.revoke("leaving");
            assertThat(leaving.closed().get(1, TimeUnit.SECONDS)).isEqualTo(4403);
            try (var late = PaneViewer.attach(unused)) {
                assertThat(late.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4403);
                assertThat(late.texts()).isEmpty();
            }
            staying.type("unharmed\r");
            TestSystem.await(() -> staying.screen().contains("unharmed"), staying::screen);
        }
        system.close(paneId);
    }

    @Test
    void keepsTeamsAndRolesApart() {
        var paneId = system.open("cat");
        var ofWorkspace = "/api/terminal/panes?workspaceId=" + system.workspaceId;
        system.stranger().get(ofWorkspace).then().statusCode(404);
        system.stranger().delete("/api/terminal/pane/" + paneId).then().statusCode(404);
        system.stranger().post("/api/terminal/pane/" + paneId + "/ticket").then().statusCode(404);
        system.stranger()
                .body(Map.of("workspaceId", system.workspaceId))
                .post("/api/terminal/pane")
                .then()
                .statusCode(404);
        system.as("guest", Role.VIEWER)
                .body(Map.of("workspaceId", system.workspaceId))
                .post("/api/terminal/pane")
                .then()
                .statusCode(403);
        system.as("guest", Role.VIEWER)
                .body(Map.of("role", "driver"))
                .post("/api/terminal/pane/" + paneId + "/ticket")
                .then()
                .statusCode(403);
        system.as("guest", Role.VIEWER)
                .post("/api/terminal/pane/" + paneId + "/ticket")
                .then()
                .statusCode(201);
        system.as("guest", Role.VIEWER)
                .delete("/api/terminal/pane/" + paneId)
                .then()
                .statusCode(403);
        system.close(paneId);
    }

    @Test
    void aStoppedWorkspacesPanesAreOutOfReach() {
        var stopped = system.startWorkspace("stopped");
        String paneId =
                system.member()
                        .body(Map.of("workspaceId", stopped))
                        .post("/api/terminal/pane")
                        .path("paneId");
        system.stopWorkspace(stopped);
        system.member()
                .post("/api/terminal/pane/" + paneId + "/ticket")
                .then()
                .statusCode(409)
                .body("type", endsWith("workspace-state"));
        system.member()
                .delete("/api/terminal/pane/" + paneId)
                .then()
                .statusCode(409)
                .body("type", endsWith("workspace-state"));
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        system.member().body(Map.of()).post("/api/terminal/pane").then().statusCode(400);
        system.member()
                .body(
                        Map.of(
                                "workspaceId",
                                system.workspaceId,
                                "options",
                                Map.of(
                                        "cols", 1, "rows", 301, "command", List.of(), "cwd",
                                        "../..")))
                .post("/api/terminal/pane")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("options.cols"))
                .body("errors.field", hasItem("options.rows"))
                .body("errors.field", hasItem("options.command"))
                .body("errors.field", hasItem("options.cwd"));
        system.member().get("/api/terminal/panes").then().statusCode(400);
        system.member()
                .body(Map.of("workspaceId", Ids.next()))
                .post("/api/terminal/pane")
                .then()
                .statusCode(404);
        system.member()
                .body(Map.of("role", "king"))
                .post("/api/terminal/pane/x/ticket")
                .then()
                .statusCode(400);
        system.member().delete("/api/terminal/pane/" + Ids.next()).then().statusCode(404);
    }

    private static WebSocket handshake(String url, String origin) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(
                        URI.create(url.replaceFirst("^http", "ws")), new WebSocket.Listener() {})
                .join();
    }

    private static boolean holds(JsonObject message, String userId) {
        return "lease".equals(message.getString("type"))
                && message.getJsonObject("holder", new JsonObject())
                        .getString("id", "")
                        .equals(userId);
    }

    private static boolean sized(JsonObject message, int cols, int rows) {
        return "resize".equals(message.getString("type"))
                && message.getInteger("cols") == cols
                && message.getInteger("rows") == rows;
    }

    private static boolean problem(JsonObject message, int status) {
        return "error".equals(message.getString("type"))
                && message.getJsonObject("problem").getInteger("status") == status;
    }
}
