package io.orchflow.agent.attempt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.agent.pane.Attention;
import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.PaneExit;
import io.orchflow.agent.pane.PaneLauncher;
import io.orchflow.agent.pane.PaneSpec;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.repository.Clones;
import io.orchflow.agent.repository.MainBranch;
import io.orchflow.agent.repository.Refusal;
import io.orchflow.agent.repository.TrialMerges;
import io.orchflow.agent.sandbox.SandboxProcesses;
import io.orchflow.agent.sandbox.SandboxSpec;
import io.orchflow.agent.sandbox.SandboxUsers;
import io.orchflow.agent.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// The attempts of this workspace. Each is written down before anything of it exists, so that
/// neither a retry nor a restart of the agent starts a second one. Calls for one attempt come one
/// after the other.
final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);
    private static final Executor VIRTUAL = Thread::startVirtualThread;
    private static final int LONGEST_MESSAGE = 256 * 1024;

    private final AttemptRegister register;
    private final Fences fences;
    private final AttemptFolders folders;
    private final Sandboxes sandboxes;
    private final SandboxUsers users;
    private final Work work;
    private final Terminals terminals;
    private final ObjectMapper json = new ObjectMapper();
    private final ConcurrentHashMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// What attempts work with.
    record Work(
            String workspaceId,
            MainBranch main,
            Clones clones,
            PaneLauncher launcher,
            Panes panes,
            AttemptModels models) {}

    Attempts(
            AttemptRegister register,
            Fences fences,
            AttemptFolders folders,
            Sandboxes sandboxes,
            SandboxUsers users,
            Work work) {
        this.register = register;
        this.fences = fences;
        this.folders = folders;
        this.sandboxes = sandboxes;
        this.users = users;
        this.work = work;
        this.terminals =
                new Terminals(
                        work.workspaceId(), work.launcher(), work.panes(), sandboxes, folders);
    }

    /// Finds the attempts of the agent's former life again. Panes must be there already.
    void recover() throws IOException {
        for (Attempt attempt : register.all()) {
            Optional<Pane> pane = work.panes().find(attempt.paneId());
            switch (attempt.phase()) {
                case EXITED -> {}
                case PREPARING -> {
                    if (pane.isPresent()) {
                        reopenModel(attempt);
                        adopt(attempt, pane.get());
                    } else {
                        // Nothing ran yet: a retry of the launch begins anew.
                        register.forget(attempt.agentId());
                        work.clones().delete(folders.clone(attempt.agentId()));
                    }
                }
                case RUNNING, FROZEN -> {
                    if (pane.isPresent()) {
                        reopenModel(attempt);
                        follow(attempt.agentId(), pane.get());
                    } else {
                        register.put(attempt.exited(null));
                    }
                }
            }
        }
    }

    private void reopenModel(Attempt attempt) throws IOException {
        work.models().reopen(attempt.agentId(), attempt.swarmId(), folders.run(attempt.agentId()));
    }

    /// @throws Refusal when the epoch is over
    void admit(String swarmId, long epoch) throws IOException {
        fences.admit(swarmId, epoch);
    }

    Attempt launch(AttemptLaunch launch, long epoch) throws IOException, InterruptedException {
        fences.admit(launch.swarmId(), epoch);
        return locked(launch.agentId(), () -> launchOnce(launch));
    }

    private Attempt launchOnce(AttemptLaunch launch) throws IOException, InterruptedException {
        Optional<Attempt> known = register.find(launch.agentId());
        if (known.isPresent()) {
            if (known.get().requestId().equals(launch.requestId())) {
                return known.get();
            }
            throw Refusal.wrongState(
                    "agent " + launch.agentId() + " was launched by another request");
        }
        Attempt attempt = prepare(launch);
        try {
            work.clones()
                    .create(
                            folders.clone(attempt.agentId()),
                            attempt.baseCommit(),
                            launch.earlier(),
                            attempt.uid());
            folders.write(launch);
            if (launch.model()) {
                work.models()
                        .open(launch.agentId(), launch.swarmId(), folders.run(launch.agentId()));
            }
            Pane pane = open(launch, attempt);
            return adopt(attempt, pane);
        } catch (IOException | RuntimeException e) {
            if (work.panes().find(attempt.paneId()).isEmpty()) {
                register.forget(attempt.agentId());
                work.clones().delete(folders.clone(attempt.agentId()));
            }
            throw e;
        }
    }

    private Attempt prepare(AttemptLaunch launch) throws IOException {
        String base = work.main().head();
        synchronized (users) {
            Set<Integer> taken =
                    register.all().stream()
                            .filter(attempt -> !attempt.discarded())
                            .map(Attempt::uid)
                            .collect(Collectors.toSet());
            return register.put(
                    new Attempt(
                            launch.requestId(),
                            launch.agentId(),
                            launch.swarmId(),
                            launch.taskId(),
                            launch.role(),
                            PaneSpec.newId(),
                            base,
                            users.nextForAttempts(taken),
                            sandboxes.mode().assurance(),
                            Attempt.Phase.PREPARING,
                            0,
                            0,
                            null,
                            List.of(),
                            null,
                            false,
                            null));
        }
    }

    private Pane open(AttemptLaunch launch, Attempt attempt) throws IOException {
        var run = folders.run(attempt.agentId());
        int model = launch.model() ? AttemptModels.port(sandboxes.mode().isolated()) : 0;
        Map<String, String> variables =
                launch.variables(
                        work.workspaceId(), attempt.paneId(), sandboxes.runPath(run), model);
        SandboxSpec sandbox =
                new SandboxSpec(
                        "attempt-" + attempt.agentId(),
                        SandboxSpec.Input.TERMINAL,
                        attempt.uid(),
                        "agent",
                        folders.clone(attempt.agentId()),
                        null,
                        true,
                        model,
                        Map.of(),
                        variables,
                        launch.command());
        List<String> leader = sandboxes.prepare(sandbox, run);
        return work.launcher().launch(launch.pane(attempt.paneId(), sandbox, leader));
    }

    /// The pane runs: from here on the attempt lives and dies with it.
    private Attempt adopt(Attempt attempt, Pane pane) throws IOException {
        OptionalInt pid = pane.pid();
        Optional<SandboxProcesses> processes =
                pid.isPresent() ? processes(attempt, pid.getAsInt()) : Optional.empty();
        Attempt started =
                register.put(
                        processes
                                .map(found -> attempt.started(found.leader(), found.startTime()))
                                .orElseGet(() -> attempt.started(0, 0)));
        follow(attempt.agentId(), pane);
        return started;
    }

    private Optional<SandboxProcesses> processes(Attempt attempt, int leader) {
        return SandboxProcesses.of(
                leader, AttemptLaunch.mark(attempt.agentId()), sandboxes.mode().isolated());
    }

    private SandboxProcesses processes(Attempt attempt) {
        return new SandboxProcesses(
                attempt.leader(),
                attempt.leaderStart(),
                AttemptLaunch.mark(attempt.agentId()),
                sandboxes.mode().isolated(),
                terminals.joined(attempt));
    }

    private void follow(String agentId, Pane pane) {
        pane.attention().restore(get(agentId).attention());
        pane.attention().listen(() -> asks(agentId, pane));
        asks(agentId, pane); // It may have asked before anybody listened.
        var _ = pane.exited().thenAcceptAsync(exit -> paneExited(agentId, exit), VIRTUAL);
    }

    /// Writes down what the attempt's program asks of a person now.
    private void asks(String agentId, Pane pane) {
        noted(
                agentId,
                attempt -> {
                    Attention now = pane.attention().current();
                    return !attempt.alive() || Objects.equals(attempt.attention(), now)
                            ? attempt
                            : register.put(attempt.asking(now));
                });
    }

    private void paneExited(String agentId, PaneExit exit) {
        noted(
                agentId,
                attempt -> {
                    if (!attempt.alive()) {
                        return attempt;
                    }
                    if (!sandboxes.mode().isolated()) {
                        processes(attempt).kill();
                    }
                    sandboxes.forget("attempt-" + agentId);
                    work.models().close(agentId, folders.run(agentId));
                    return register.put(attempt.exited(exit.exitCode()));
                });
    }

    /// A step that no caller waits for.
    private void noted(String agentId, Step step) {
        try {
            locked(agentId, () -> step.apply(get(agentId)));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "what a pane did was not noted, agentId=%s", agentId);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Attempt get(String agentId) {
        return register.find(agentId).orElseThrow(() -> Refusal.notFound("agent " + agentId));
    }

    AttemptRegister register() {
        return register;
    }

    Attempt freeze(String agentId, long epoch) throws IOException, InterruptedException {
        return controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireAlive();
                    SandboxProcesses processes = processes(attempt);
                    if (!processes.awaitEntered()) {
                        return awaitExit(attempt);
                    }
                    processes.freeze();
                    return register.put(attempt.frozen());
                });
    }

    Attempt thaw(String agentId, long epoch) throws IOException, InterruptedException {
        return controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireAlive();
                    processes(attempt).thaw();
                    return register.put(attempt.thawed());
                });
    }

    /// As Ctrl-C: the terminal decides what it means.
    Attempt interrupt(String agentId, long epoch) throws IOException, InterruptedException {
        return controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireAlive();
                    work.panes()
                            .find(attempt.paneId())
                            .ifPresent(pane -> pane.input(new byte[] {3}));
                    return attempt;
                });
    }

    Attempt kill(String agentId, long epoch) throws IOException, InterruptedException {
        return controlled(
                agentId,
                epoch,
                attempt -> {
                    if (!attempt.alive()) {
                        return attempt;
                    }
                    processes(attempt).kill();
                    return awaitExit(attempt);
                });
    }

    /// The processes are gone; the pane's exit code follows within moments.
    private Attempt awaitExit(Attempt attempt) throws IOException, InterruptedException {
        Integer exitCode = 128 + 9;
        Optional<Pane> pane = work.panes().find(attempt.paneId());
        if (pane.isPresent()) {
            try {
                exitCode = pane.get().exited().get(5, TimeUnit.SECONDS).exitCode();
            } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
                LOG.warnf("the exit of a killed pane was not seen, agentId=%s", attempt.agentId());
            }
        }
        return register.put(attempt.exited(exitCode));
    }

    void deliver(String agentId, String requestId, long epoch, String message)
            throws IOException, InterruptedException {
        String line = oneLine(message);
        controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireAlive();
                    if (!requestId.isEmpty() && attempt.delivered().contains(requestId)) {
                        return attempt;
                    }
                    folders.deliver(agentId, line);
                    work.panes()
                            .find(attempt.paneId())
                            .ifPresent(pane -> pane.attention().answered());
                    return register.put(attempt.tookDelivery(requestId));
                });
    }

    /// Opens a further pane for an attempt that runs.
    Pane terminal(String agentId, long epoch, TerminalOrder order)
            throws IOException, InterruptedException {
        fences.admit(get(agentId).swarmId(), epoch);
        return locked(
                agentId,
                () -> {
                    Optional<Pane> known = terminals.find(agentId, order);
                    return known.isPresent() ? known.get() : terminals.open(host(agentId), order);
                });
    }

    void endTerminal(String agentId, long epoch, String paneId)
            throws IOException, InterruptedException {
        controlled(
                agentId,
                epoch,
                attempt -> {
                    terminals.end(attempt, paneId);
                    return attempt;
                });
    }

    /// Reads a file as an attempt that runs sees it.
    byte[] read(String agentId, String path) throws IOException, InterruptedException {
        return locked(agentId, () -> terminals.read(host(agentId), path));
    }

    void write(String agentId, long epoch, String path, byte[] content)
            throws IOException, InterruptedException {
        controlled(
                agentId,
                epoch,
                attempt -> {
                    terminals.write(host(agentId), path, content);
                    return attempt;
                });
    }

    /// @throws Refusal it does not run now
    private Terminals.Host host(String agentId) throws InterruptedException {
        Attempt attempt = get(agentId);
        if (attempt.phase() != Attempt.Phase.RUNNING) {
            throw Refusal.wrongState("agent " + agentId + " is " + attempt.phase());
        }
        int init =
                processes(attempt)
                        .awaitBuilt()
                        .orElseThrow(() -> Refusal.wrongState("agent " + agentId + " has ended"));
        return new Terminals.Host(attempt, init);
    }

    private String oneLine(String message) {
        if (message.length() > LONGEST_MESSAGE) {
            throw new Refusal(
                    Refusal.Reason.LIMIT, "message_json is longer than " + LONGEST_MESSAGE);
        }
        try {
            return json.writeValueAsString(json.readTree(message));
        } catch (JsonProcessingException e) {
            throw Refusal.badInput("message_json", "it is no JSON");
        }
    }

    Attempt collect(String agentId, long epoch, String subject)
            throws IOException, InterruptedException {
        return controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireExited();
                    if (attempt.collected() != null) {
                        return attempt;
                    }
                    Clones.Collected collected =
                            work.clones()
                                    .collect(
                                            folders.clone(agentId),
                                            attempt.uid(),
                                            agentId,
                                            attempt.baseCommit(),
                                            subject,
                                            AttemptLaunch.identity(agentId, attempt.role()));
                    return register.put(attempt.collected(collected));
                });
    }

    void discard(String agentId, long epoch) throws IOException, InterruptedException {
        controlled(
                agentId,
                epoch,
                attempt -> {
                    attempt.requireExited();
                    work.clones().delete(folders.clone(agentId));
                    return register.put(attempt.withoutClone());
                });
    }

    /// The clones of living attempts.
    List<TrialMerges.Draft> drafts() {
        return register.all().stream()
                .filter(attempt -> attempt.alive() && hasClone(attempt.agentId()))
                .map(
                        attempt ->
                                new TrialMerges.Draft(
                                        attempt.agentId(),
                                        folders.clone(attempt.agentId()),
                                        attempt.uid(),
                                        attempt.baseCommit()))
                .toList();
    }

    /// The processes of a living attempt, for measurements.
    Optional<SandboxProcesses> living(String agentId) {
        return register.find(agentId).filter(Attempt::alive).map(this::processes);
    }

    boolean hasClone(String agentId) {
        return Files.isDirectory(folders.clone(agentId));
    }

    private interface Step {
        Attempt apply(Attempt attempt) throws IOException, InterruptedException;
    }

    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    private Attempt controlled(String agentId, long epoch, Step step)
            throws IOException, InterruptedException {
        fences.admit(get(agentId).swarmId(), epoch);
        return locked(agentId, () -> step.apply(get(agentId)));
    }

    private <T> T locked(String agentId, Call<T> call) throws IOException, InterruptedException {
        ReentrantLock lock = locks.computeIfAbsent(agentId, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            return call.run();
        } finally {
            lock.unlock();
        }
    }
}
