package io.orchflow.terminal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.access.Role;
import io.orchflow.access.TestIssuer;
import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.SharedInfrastructure;
import io.orchflow.events.Ids;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Packaged workspaces and terminal services on shared infrastructure, with one running workspace.
final class TestSystem implements AutoCloseable {

    static final String TEAM = Ids.next();

    private final TestIssuer issuer = new TestIssuer();
    private final Map<String, String> environment;
    private final PackagedService workspaces;
    final PackagedService terminal;
    final String workspaceId;

    TestSystem(Map<String, String> more) {
        var forWorkspaces = new HashMap<>(SharedInfrastructure.environment("workspaces", "true"));
        environment = new HashMap<>(SharedInfrastructure.environment("terminal", "true"));
        for (var each : List.of(forWorkspaces, environment)) {
            each.put("ORCHFLOW_AUTH_URL", issuer.url());
            each.put("ORCHFLOW_RUNTIME_DIR", forWorkspaces.get("ORCHFLOW_RUNTIME_DIR"));
        }
        environment.putAll(more);
        forWorkspaces.put("ORCHFLOW_STOP_WORKSPACES", "true");
        forWorkspaces.put(
                "ORCHFLOW_AGENT_JAR",
                PackagedService.runner(Path.of("../../workspace-container/agent"), "agent")
                        .toAbsolutePath()
                        .toString());
        workspaces =
                new PackagedService(
                        "workspaces",
                        PackagedService.runner(Path.of("../workspaces"), "workspaces"),
                        forWorkspaces);
        terminal =
                new PackagedService(
                        "terminal", PackagedService.runner(Path.of("."), "terminal"), environment);
        workspaceId = startWorkspace();
    }

    private String startWorkspace() {
        var people = as("owner", Role.OWNER).baseUri(workspaces.url());
        String id =
                people.body(Map.of("name", "terminals", "teamId", TEAM))
                        .post("/api/workspaces")
                        .path("id");
        await(
                Duration.ofSeconds(40),
                () -> "RUNNING".equals(people.get("/api/workspaces/" + id).path("state")),
                () -> people.get("/api/workspaces/" + id).asString());
        return id;
    }

    String setting(String name) {
        return String.valueOf(environment.get(name));
    }

    /// A member whose session is good.
    RequestSpecification member() {
        return as("member", Role.MEMBER);
    }

    RequestSpecification as(String userId, Role role) {
        grant(userId);
        return given().baseUri(terminal == null ? "" : terminal.url())
                .auth()
                .oauth2(issuer.user(userId, TEAM, role))
                .contentType("application/json");
    }

    RequestSpecification stranger() {
        return given().baseUri(terminal.url())
                .auth()
                .oauth2(issuer.user("stranger", Ids.next(), Role.OWNER))
                .contentType("application/json");
    }

    /// Opens a pane and gives its id.
    String open(String... command) {
        var answer =
                member().body(
                                Map.of(
                                        "workspaceId",
                                        workspaceId,
                                        "options",
                                        Map.of("title", "test", "command", List.of(command))))
                        .post("/api/terminal/pane");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return answer.path("paneId");
    }

    /// A fresh stream of a pane, as a driver.
    String stream(String paneId) {
        return stream(member(), paneId, "driver");
    }

    String stream(RequestSpecification by, String paneId, String role) {
        var answer = by.body(Map.of("role", role)).post("/api/terminal/pane/" + paneId + "/ticket");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return terminal.url() + answer.<String>path("wsUrl");
    }

    PaneViewer attach(String paneId) {
        return PaneViewer.attach(stream(paneId));
    }

    void close(String paneId) {
        member().delete("/api/terminal/pane/" + paneId).then().statusCode(204);
    }

    void grant(String userId) {
        redis("SET", "orchflow:grant:session-" + userId, "1");
    }

    void revoke(String userId) {
        redis("DEL", "orchflow:grant:session-" + userId);
    }

    /// One command in the Redis protocol (RESP), for which no client is worth while.
    private void redis(String... words) {
        var url = URI.create(setting("ORCHFLOW_REDIS_URL"));
        var password = url.getUserInfo().substring(url.getUserInfo().indexOf(':') + 1);
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var out = socket.getOutputStream();
            out.write(command("AUTH", password));
            out.write(command(words));
            out.flush();
            assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
                    .isEqualTo("+OK\r\n");
            assertThat(socket.getInputStream().read()).isIn((int) '+', (int) ':');
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] command(String... words) {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static void await(BooleanSupplier condition, Supplier<String> what) {
        await(Duration.ofSeconds(5), condition, what);
    }

    static void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        terminal.close();
        workspaces.close();
        issuer.close();
    }
}
