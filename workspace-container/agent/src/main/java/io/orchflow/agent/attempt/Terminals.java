package io.orchflow.agent.attempt;

import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.PaneLauncher;
import io.orchflow.agent.pane.PaneSpec;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.pane.Principal;
import io.orchflow.agent.pane.Principals;
import io.orchflow.agent.repository.Refusal;
import io.orchflow.agent.sandbox.SandboxSpec;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.workspace.ProcessTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What joins a running attempt's sandbox: further panes, and files that are read and written in
/// there. Callers hold the attempt's lock.
///
/// @param workspaceId told to every command
record Terminals(
        String workspaceId,
        PaneLauncher launcher,
        Panes panes,
        Sandboxes sandboxes,
        AttemptFolders folders) {

    private static final Logger LOG = Logger.getLogger(Terminals.class);

    /// Terminals of one attempt that run at the same time.
    private static final int MOST_RUNNING = 16;

    /// Ended ones that stay to be looked at; the oldest are closed. What they showed is recorded.
    private static final int MOST_ENDED = 8;

    private static final int LARGEST_FILE = 4 << 20;
    private static final Duration FILE_LIMIT = Duration.ofSeconds(20);
    private static final String IN_DIRECTORY = "cd -- \"$1\" && shift && exec \"$@\"";
    private static final String READ = "exec head -c " + (LARGEST_FILE + 1) + " -- \"$1\"";
    private static final String WRITE = "mkdir -p -- \"$(dirname -- \"$1\")\" && exec cat >\"$1\"";

    /// A running attempt, and the first process of its sandbox; 0 where nothing is isolated.
    record Host(Attempt attempt, int init) {}

    /// Those of an attempt, oldest first.
    List<Pane> of(Attempt attempt) {
        return panes.all().stream()
                .filter(pane -> attempt.agentId().equals(pane.agentId()))
                .filter(pane -> !pane.paneId().equals(attempt.paneId()))
                .toList();
    }

    /// The processes by which terminals of an attempt have joined it.
    List<Integer> joined(Attempt attempt) {
        return of(attempt).stream().flatMapToInt(pane -> pane.pid().stream()).boxed().toList();
    }

    /// The terminal that an order has made before.
    Optional<Pane> find(String agentId, TerminalOrder order) {
        return panes.findByRequest(request(agentId, order));
    }

    private static String request(String agentId, TerminalOrder order) {
        return "terminal:" + agentId + ":" + order.requestId();
    }

    Pane open(Host host, TerminalOrder order) throws IOException {
        Attempt attempt = host.attempt();
        makeRoom(attempt);
        String paneId = PaneSpec.newId();
        Path run = folders.run(attempt.agentId());
        Map<String, String> variables = new HashMap<>(order.environment());
        variables.putAll(
                AttemptLaunch.who(
                        attempt.agentId(), attempt.role(), attempt.swarmId(), attempt.taskId()));
        variables.putAll(AttemptLaunch.where(workspaceId, paneId));
        List<String> argv = new ArrayList<>();
        if (!order.directory().isEmpty()) {
            argv.addAll(List.of("/bin/sh", "-c", IN_DIRECTORY, "sh", order.directory()));
        }
        argv.addAll(order.command());
        SandboxSpec spec =
                spec(attempt, "terminal-" + paneId, SandboxSpec.Input.TERMINAL, variables, argv);
        List<String> leader = sandboxes.join(spec, run, host.init());
        Pane pane =
                launcher.launch(
                        new PaneSpec(
                                paneId,
                                request(attempt.agentId(), order),
                                new Principal(
                                        Principal.Kind.AGENT, attempt.agentId(), attempt.role()),
                                attempt.agentId(),
                                attempt.swarmId(),
                                order.title(),
                                order.size(),
                                leader,
                                Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8"),
                                folders.clone(attempt.agentId())));
        var _ = pane.exited().thenRunAsync(() -> tidy(spec, run), Thread::startVirtualThread);
        return pane;
    }

    private void tidy(SandboxSpec spec, Path run) {
        try {
            sandboxes.leave(spec.name(), run);
        } catch (IOException e) {
            LOG.debugf("the files of %s stay: %s", spec.name(), e.getMessage());
        }
    }

    private void makeRoom(Attempt attempt) {
        List<Pane> all = of(attempt);
        List<Pane> ended = all.stream().filter(pane -> pane.exited().isDone()).toList();
        if (all.size() - ended.size() >= MOST_RUNNING) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "agent " + attempt.agentId() + " has " + MOST_RUNNING + " terminals at work");
        }
        ended.subList(0, Math.max(0, ended.size() - MOST_ENDED + 1))
                .forEach(pane -> panes.close(pane.paneId(), Principals.SYSTEM));
    }

    /// Kills a terminal's command and all that is below it.
    ///
    /// @throws Refusal the attempt has no such terminal
    void end(Attempt attempt, String paneId) {
        Pane pane =
                of(attempt).stream()
                        .filter(one -> one.paneId().equals(paneId))
                        .findFirst()
                        .orElseThrow(() -> Refusal.notFound("terminal " + paneId));
        if (pane.pid().isPresent()) {
            ProcessTable.read().below(pane.pid().getAsInt()).forEach(ProcessTable.Entry::kill);
        }
    }

    /// @throws Refusal there is no such file, it is too large, or no text can be read from it
    byte[] read(Host host, String path) throws IOException {
        Subprocess.Finished finished = file(host, path, READ, null);
        if (finished.output().length > LARGEST_FILE) {
            throw new Refusal(
                    Refusal.Reason.LIMIT, path + " has more than " + LARGEST_FILE + " bytes");
        }
        return finished.output();
    }

    /// @throws Refusal it cannot be written
    void write(Host host, String path, byte[] content) throws IOException {
        var _ = file(host, path, WRITE, out -> out.write(content));
    }

    private Subprocess.Finished file(
            Host host, String path, String script, Subprocess.@Nullable Input input)
            throws IOException {
        Attempt attempt = host.attempt();
        SandboxSpec spec =
                spec(
                        attempt,
                        "file-" + UUID.randomUUID(),
                        SandboxSpec.Input.DATA,
                        Map.of("LANG", "C.UTF-8"),
                        List.of("/bin/sh", "-c", script, "sh", path));
        Subprocess.Finished finished =
                sandboxes.runIn(
                        spec, folders.run(attempt.agentId()), host.init(), input, FILE_LIMIT);
        if (finished.exitCode() != 0) {
            throw Refusal.wrongState(finished.lastError());
        }
        return finished;
    }

    private SandboxSpec spec(
            Attempt attempt,
            String name,
            SandboxSpec.Input input,
            Map<String, String> variables,
            List<String> argv) {
        return new SandboxSpec(
                name,
                input,
                attempt.uid(),
                "agent",
                folders.clone(attempt.agentId()),
                null,
                true,
                Map.of(),
                variables,
                argv);
    }
}
