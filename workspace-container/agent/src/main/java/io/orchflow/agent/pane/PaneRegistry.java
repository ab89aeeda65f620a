package io.orchflow.agent.pane;

import io.grpc.Status;
import io.orchflow.agent.journal.Journal;
import io.orchflow.agent.kernel.ExitWatch;
import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.TmuxClient;
import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.agent.tmux.TmuxServer;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.workspace.v1.AgentStarted;
import io.orchflow.workspace.v1.JournalEntry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// All panes, and the connection to tmux that they share. Finds the panes of earlier lives of the
/// agent again.
@Singleton
public class PaneRegistry implements Panes, PaneLauncher {

    /// Panes a workspace may have, exited ones that were not closed included.
    static final int MAX_PANES = 500;

    private static final Logger LOG = Logger.getLogger(PaneRegistry.class);
    private static final Duration LEASE_GRACE = Duration.ofSeconds(10);
    private static final int RECONNECT_MILLIS = 250;

    private record Entry(TmuxPane pane, Program program) {}

    private final PaneContext context;
    private final TmuxServer server;
    private final Map<String, Entry> panes = new ConcurrentHashMap<>();
    private final OutputRouter router = new OutputRouter(() -> this.client, this::disconnected);
    private final Map<String, CompletableFuture<TmuxPane>> byRequest = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable TmuxClient client;
    private volatile boolean closing;
    private final AtomicBoolean reconnecting = new AtomicBoolean();

    PaneRegistry(WorkspaceConfig config, Journal journal) throws IOException {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("lease-timer").factory());
        Files.createDirectories(config.runtimeDir().resolve("gates"));
        server = new TmuxServer(config.runtimeDir());
        context =
                new PaneContext(
                        this::client,
                        new PaneStore(config.state()),
                        journal,
                        new ExitWatch(),
                        timer,
                        config.runtimeDir().resolve("gates"),
                        LEASE_GRACE);
    }

    @Override
    public List<Pane> all() {
        return panes.values().stream()
                .map(Entry::pane)
                .sorted(java.util.Comparator.comparingLong(pane -> pane.record().number()))
                .map(Pane.class::cast)
                .toList();
    }

    @Override
    public Optional<Pane> find(String paneId) {
        return Optional.ofNullable(panes.get(paneId)).map(Entry::pane);
    }

    @Override
    public Optional<Pane> findByAgent(String agentId) {
        return all().stream().filter(pane -> agentId.equals(pane.agentId())).findFirst();
    }

    @Override
    public Optional<Pane> findByRequest(String requestId) {
        CompletableFuture<TmuxPane> launched = byRequest.get(requestId);
        return launched != null && launched.isDone() && !launched.isCompletedExceptionally()
                ? Optional.of(launched.join())
                : Optional.empty();
    }

    TmuxPane get(String paneId) {
        Entry entry = panes.get(paneId);
        if (entry == null) {
            throw Wire.noSuchPane(paneId);
        }
        return entry.pane;
    }

    @Override
    public Pane launch(PaneSpec spec) {
        String requestId = spec.requestId();
        if (requestId == null) {
            return open(spec);
        }
        CompletableFuture<TmuxPane> mine = new CompletableFuture<>();
        CompletableFuture<TmuxPane> first = byRequest.putIfAbsent(requestId, mine);
        if (first != null) {
            return joinFirst(first);
        }
        try {
            mine.complete(open(spec));
            return mine.join();
        } catch (RuntimeException e) {
            byRequest.remove(requestId);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public boolean close(String paneId, Principal by) {
        Entry entry = panes.remove(paneId);
        if (entry == null || !entry.pane.close(by)) {
            return false;
        }
        String requestId = entry.pane.record().requestId();
        if (requestId != null) {
            byRequest.remove(requestId);
        }
        PaneWindow window = entry.pane.window();
        if (window != null) {
            router.remove(window.pane());
            new PaneEnd(context, window).run();
        }
        entry.program.release();
        entry.pane.isGone();
        return true;
    }

    private static Pane joinFirst(CompletableFuture<TmuxPane> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private TmuxPane open(PaneSpec spec) {
        if (panes.size() >= MAX_PANES) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("the workspace has " + MAX_PANES + " panes already")
                    .asRuntimeException();
        }
        PaneRecord record = PaneRecords.fresh(spec, numbers.incrementAndGet());
        TmuxPane pane = new TmuxPane(context, record, 0);
        Program program = new Program(context, pane);
        context.store().write(record);
        panes.put(spec.paneId(), new Entry(pane, program));
        try {
            pane.output().whenEnded(program::ended);
            program.prepare(record.endSecret());
            PaneWindow window = PaneOpening.start(context, spec, found -> isIn(pane, found));
            program.watch(window);
            pane.opened(spec.opener());
            // What was not written down is not found again: an agent that fails here opens nothing.
            client().ask("set-option", "-p", "-t", "%" + window.pane(), "@orchflow_pane", "opened");
            program.go();
            if (spec.opener().kind() == Principal.Kind.USER) {
                pane.expireLeaseOfAbsent(); // they may never come
            }
            return pane;
        } catch (IOException | RuntimeException e) {
            close(spec.paneId(), Principals.SYSTEM);
            throw Status.UNAVAILABLE
                    .withDescription("the pane could not be opened: " + e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    private void isIn(TmuxPane pane, PaneWindow window) {
        pane.isIn(window);
        router.put(window.pane(), pane);
    }

    /// Connects to tmux, starting it where it is not running, and finds the panes of earlier lives
    /// again.
    public void start() throws IOException {
        for (PaneRecord record : context.store().readAll()) {
            TmuxPane pane = new TmuxPane(context, record, PaneRecords.nextSeq(record));
            Program program = new Program(context, pane);
            pane.output().whenEnded(program::ended);
            panes.put(record.paneId(), new Entry(pane, program));
            numbers.accumulateAndGet(record.number(), Math::max);
            String requestId = record.requestId();
            if (requestId != null) {
                byRequest.put(requestId, CompletableFuture.completedFuture(pane));
            }
        }
        connect();
        removeLeftOverGates();
    }

    private void removeLeftOverGates() throws IOException {
        try (var files = Files.newDirectoryStream(context.gates())) {
            for (Path file : files) {
                String paneId = String.valueOf(file.getFileName()).replace(".start", "");
                Entry entry = panes.get(paneId);
                PaneWindow window = entry == null ? null : entry.pane.window();
                if (window == null || window.dead()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// Ends the control client; tmux and its panes stay, and the next agent finds them.
    public void disconnect() {
        closing = true;
        TmuxClient now = client;
        if (now != null) {
            now.close();
        }
    }

    /// Ends every pane's terminal and tmux itself.
    public void endAll() throws IOException {
        disconnect();
        server.kill();
    }

    private void connect() throws IOException {
        server.ensureRunning();
        router.clear();
        TmuxClient connected = server.connect(router);
        Batch list =
                new Batch()
                        .add(
                                "list-panes",
                                "-s",
                                "-t",
                                "=" + TmuxServer.SESSION,
                                "-F",
                                PaneWindow.FORMAT);
        // Taken over on the reader thread: whatever comes behind the reply is counted.
        Map<String, PaneWindow> windows =
                connected.run(list, replies -> takeOver(replies.getFirst().text()));
        client = connected;
        int found = 0;
        int lost = 0;
        for (Entry entry : List.copyOf(panes.values())) {
            PaneWindow window = windows.get(entry.pane.paneId());
            if (entry.pane.exited().isDone()) {
                if (window != null && !window.dead()) {
                    entry.program.dismiss();
                }
            } else if (window == null) {
                lost++;
                entry.pane.ended(null);
            } else if (window.opened()) {
                found++;
                resume(entry, window);
            } else {
                forget(entry);
            }
        }
        killStrangers(connected, windows);
        noteStart(found, lost);
    }

    private void noteStart(int found, int lost) {
        AgentStarted.Builder started =
                AgentStarted.newBuilder().setPanesFound(found).setPanesLost(lost);
        context.journal()
                .append(
                        JournalEntry.newBuilder()
                                .setActor(Wire.principal(Principals.SYSTEM))
                                .setAgentStarted(started));
        LOG.infof("connected to tmux, panesFound=%d panesLost=%d", found, lost);
    }

    // The agent failed while it opened this pane: nobody was told of it, and its program has not
    // begun.
    private void forget(Entry entry) {
        PaneRecord record = entry.pane.record();
        panes.remove(record.paneId());
        context.store().delete(record.paneId());
        String requestId = record.requestId();
        if (requestId != null) {
            byRequest.remove(requestId);
        }
    }

    private Map<String, PaneWindow> takeOver(List<String> lines) {
        Map<String, PaneWindow> windows = new HashMap<>();
        for (String line : lines) {
            PaneWindow window = PaneWindow.parse(line);
            windows.put(window.name(), window);
            Entry entry = panes.get(window.name());
            if (entry != null) {
                if (!entry.pane.exited().isDone()) {
                    entry.pane.output().jump(PaneRecords.nextSeq(entry.pane.record()));
                }
                isIn(entry.pane, window);
            }
        }
        return windows;
    }

    private void resume(Entry entry, PaneWindow window) throws IOException {
        entry.pane.expireLeaseOfAbsent();
        if (window.dead()) {
            entry.pane.ended(window.exitCode());
        } else {
            entry.program.watchAgain(window);
        }
    }

    private void killStrangers(TmuxClient connected, Map<String, PaneWindow> windows) {
        Set<String> known = Set.copyOf(panes.keySet());
        for (PaneWindow window : windows.values()) {
            boolean ours = known.contains(window.name()) && window.opened();
            if (!ours && !window.name().equals("anchor")) {
                connected.ask("kill-window", "-t", "@" + window.window());
            }
        }
    }

    private TmuxClient client() {
        TmuxClient now = client;
        if (now == null) {
            throw TmuxException.gone("tmux is not there");
        }
        return now;
    }

    private void disconnected() {
        client = null;
        if (!closing) {
            LOG.warn("the control client has ended; connecting again");
            Thread.startVirtualThread(this::reconnect);
        }
    }

    private void reconnect() {
        if (!reconnecting.compareAndSet(false, true)) {
            return;
        }
        try {
            connectAtLast();
        } finally {
            reconnecting.set(false);
        }
        if (client == null && !closing) {
            reconnect(); // It was lost again before the flag was down.
        }
    }

    private void connectAtLast() {
        while (!closing && client == null) {
            try {
                connect();
                panes.values().forEach(entry -> entry.pane.output().pass());
            } catch (IOException | RuntimeException e) {
                LOG.errorf("tmux is not to be reached: %s", e.getMessage());
                try {
                    Thread.sleep(RECONNECT_MILLIS);
                } catch (InterruptedException _) {
                    return;
                }
            }
        }
    }
}
