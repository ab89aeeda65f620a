package io.orchflow.agent.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.orchflow.agent.workspace.ProcessTable;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.Pane;
import io.orchflow.workspace.v1.PanesGrpc;
import io.orchflow.workspace.v1.Principal;
import io.orchflow.workspace.v1.ShutdownRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A packaged agent with its workspace in a folder of its own, and connections to it as the
/// services have them.
final class RunningAgent implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final Path folder;
    private final String workspaceId = "w-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, WorkspaceConnections> connections = new HashMap<>();
    private @Nullable Process process;

    private RunningAgent(Path folder) {
        this.folder = folder;
    }

    static RunningAgent start() throws IOException {
        RunningAgent agent = new RunningAgent(Files.createTempDirectory("of"));
        Certificates certificates = new Certificates(agent.folder.resolve("tls"));
        certificates.issueAgent(agent.workspaceId, "team-1");
        for (String service : List.of("terminal", "workspaces", "orchestration", "gateway")) {
            certificates.issueService(service);
        }
        Files.createDirectories(agent.runtime());
        agent.run();
        return agent;
    }

    /// Starts the agent's process and waits until it accepts calls.
    void run() throws IOException {
        Files.deleteIfExists(runtime().resolve("endpoint.json"));
        ProcessBuilder builder = new ProcessBuilder(command());
        Map<String, String> environment = builder.environment();
        environment.put("ORCHFLOW_WORKSPACE_ID", workspaceId);
        environment.put("ORCHFLOW_TEAM_ID", "team-1");
        environment.put("ORCHFLOW_WORKSPACE_NAME", "test");
        environment.put("ORCHFLOW_WORKSPACE_DIR", workspace().toString());
        environment.put("ORCHFLOW_WORKSPACE_RUNTIME_DIR", runtime().toString());
        environment.put("ORCHFLOW_AGENT_TLS_DIR", folder.resolve("tls").toString());
        Path log = folder.resolve("agent.log");
        process =
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Process started = process;
        await(
                START_SECONDS,
                () -> Files.exists(runtime().resolve("endpoint.json")) || !started.isAlive());
        assertTrue(started.isAlive(), () -> "the agent has ended, see " + log);
    }

    /// The native executable where the tests are to run on it, else the jar.
    private static List<String> command() {
        String executables = System.getProperty("orchflow.native", "");
        if (!executables.isEmpty()) {
            return List.of(Path.of(executables, "agent", "orchflow-agent").toString(), "-Xmx128m");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-jar",
                System.getProperty("orchflow.agent.jar"));
    }

    long pid() {
        return current().pid();
    }

    String workspaceId() {
        return workspaceId;
    }

    Path workspace() {
        return folder.resolve("data");
    }

    Path runtime() {
        return folder.resolve("ws").resolve(workspaceId);
    }

    Path log() {
        return folder.resolve("agent.log");
    }

    /// As a machine that fails: no signal handler runs.
    void kill() throws InterruptedException {
        current().destroyForcibly().waitFor();
    }

    /// As SIGTERM.
    void terminate() throws InterruptedException {
        current().destroy();
        assertTrue(current().waitFor(10, TimeUnit.SECONDS));
    }

    ManagedChannel as(String service) {
        try {
            return connections
                    .computeIfAbsent(
                            service,
                            name -> new WorkspaceConnections(name, folder.resolve("tls"), folder))
                    .connect(workspaceId);
        } catch (WorkspaceUnreachable e) {
            throw new IllegalStateException(e);
        }
    }

    PanesGrpc.PanesBlockingStub panes() {
        return PanesGrpc.newBlockingStub(as("terminal"));
    }

    Pane open(Principal opener, String... command) {
        return panes().open(
                        OpenPaneRequest.newBuilder()
                                .setOpener(opener)
                                .addAllCommand(List.of(command))
                                .build());
    }

    Pane pane(String paneId) {
        return panes()
                .list(io.orchflow.workspace.v1.ListPanesRequest.getDefaultInstance())
                .getPanesList()
                .stream()
                .filter(pane -> pane.getPaneId().equals(paneId))
                .findFirst()
                .orElseThrow();
    }

    static Principal user(String id) {
        return Principal.newBuilder()
                .setKind(Principal.Kind.USER)
                .setId(id)
                .setName("name of " + id)
                .build();
    }

    /// Whether the process runs. Whoever inherits an orphan may take his time to reap it.
    static boolean runs(long pid) {
        return ProcessTable.entry((int) pid).filter(entry -> !entry.dead()).isPresent();
    }

    /// What tmux itself says on the workspace's socket.
    String tmux(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("tmux", "-S", runtime().resolve("tmux").toString()));
        command.addAll(List.of(arguments));
        Process tmux = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(
                tmux.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /// Polls until it is so.
    static void await(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not so after " + seconds + " s");
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        if (current().isAlive()) {
            var _ =
                    WorkspaceAgentGrpc.newBlockingStub(as("workspaces"))
                            .shutdown(ShutdownRequest.getDefaultInstance());
            assertTrue(endsWithin(10));
        } else {
            tmux("kill-server");
        }
        connections.values().forEach(WorkspaceConnections::close);
    }

    private boolean endsWithin(int seconds) {
        try {
            return current().waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process current() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }
}
