package io.orchflow.terminal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.access.Role;
import io.orchflow.access.TestIssuer;
import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.WorkspaceStage;
import io.orchflow.events.Ids;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Packaged workspaces and terminal services on shared infrastructure, with one running workspace.
final class TestSystem implements AutoCloseable {

    static final String TEAM = Ids.next();

    private final TestIssuer issuer = new TestIssuer();
    private final WorkspaceStage stage;
    final PackagedService terminal;
    final String workspaceId;

    TestSystem(Map<String, String> more) {
        stage = new WorkspaceStage("terminal", issuer.url(), more);
        terminal = stage.service();
        workspaceId = startWorkspace("terminals");
    }

    String startWorkspace(String name) {
        String id =
                owner().body(Map.of("name", name, "teamId", TEAM))
                        .post("/api/workspaces")
                        .path("id");
        awaitWorkspace(id, "RUNNING");
        return id;
    }

    void stopWorkspace(String id) {
        var answer = owner().post("/api/workspaces/" + id + "/stop");
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 204);
        awaitWorkspace(id, "STOPPED");
    }

    private void awaitWorkspace(String id, String state) {
        var people = owner();
        await(
                Duration.ofSeconds(40),
                () -> state.equals(people.get("/api/workspaces/" + id).path("state")),
                () -> people.get("/api/workspaces/" + id).asString());
    }

    private RequestSpecification owner() {
        return as("owner", Role.OWNER).baseUri(stage.workspaces().url());
    }

    String setting(String name) {
        return stage.setting(name);
    }

    /// A member whose session is good.
    RequestSpecification member() {
        return as("member", Role.MEMBER);
    }

    RequestSpecification as(String userId, Role role) {
        grant(userId);
        return given().baseUri(terminal.url())
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

    /// A fresh stream of the workspace's panes.
    String panes(RequestSpecification by) {
        return panes(by, workspaceId);
    }

    String panes(RequestSpecification by, String ofWorkspace) {
        var answer = by.body(Map.of("workspaceId", ofWorkspace)).post("/api/terminal/tickets");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return terminal.url() + answer.<String>path("wsUrl");
    }

    /// One socket for all panes.
    WorkspaceViewer watch() {
        return new WorkspaceViewer(panes(member()));
    }

    void close(String paneId) {
        member().delete("/api/terminal/pane/" + paneId).then().statusCode(204);
    }

    void grant(String userId) {
        stage.grant(userId);
    }

    void revoke(String userId) {
        stage.revoke(userId);
    }

    static void await(BooleanSupplier condition, Supplier<String> what) {
        await(Duration.ofSeconds(5), condition, what);
    }

    static void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        WorkspaceStage.await(atMost, condition, what);
    }

    @Override
    public void close() {
        stage.close();
        issuer.close();
    }
}
