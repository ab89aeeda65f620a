package io.orchflow.workspaces.driver;

import io.orchflow.workspaces.workspace.Trouble;
import io.orchflow.workspaces.workspace.Workspace;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/// Workspaces as processes of this machine. What it must know after a restart lies in the
/// workspace's runtime folder; what it remembers besides only saves looking again.
@Singleton
public final class LocalDriver implements Driver {

    private static final Logger LOG = Logger.getLogger(LocalDriver.class);
    private static final Duration ASKED_EVERY = Duration.ofSeconds(10);
    private static final int MOST_SILENCES = 3;

    private final LocalDriverConfig config;
    private final AgentLauncher launcher;
    private final AgentCalls calls;
    private final Leftovers leftovers;
    private final Clock clock;
    private final ConcurrentMap<String, Watched> watched = new ConcurrentHashMap<>();

    LocalDriver(
            LocalDriverConfig config,
            AgentLauncher launcher,
            AgentCalls calls,
            Leftovers leftovers,
            Clock clock) {
        this.config = config;
        this.launcher = launcher;
        this.calls = calls;
        this.leftovers = leftovers;
        this.clock = clock;
    }

    /// An agent's process, and when it last answered.
    private record Watched(
            Launched launched, Agent.Serving serving, Instant askedAt, int silences) {}

    @Override
    public Agent look(Workspace workspace) {
        var folders = folders(workspace);
        var launched = Launched.read(folders);
        if (launched.isEmpty()) {
            watched.remove(workspace.id());
            return new Agent.Absent();
        }
        if (!launched.get().process().lives()) {
            watched.remove(workspace.id());
            return new Agent.Ended(launched.get().at(), ended(folders));
        }
        var last = watched.get(workspace.id());
        return last == null || !last.launched().equals(launched.get())
                ? first(workspace, folders, launched.get())
                : again(workspace, last);
    }

    private Agent first(Workspace workspace, AgentFolders folders, Launched launched) {
        if (!Files.exists(folders.endpoint())) {
            return new Agent.Coming(launched.at());
        }
        Optional<Agent.Serving> answer = calls.describe(workspace.id());
        if (answer.isEmpty()) {
            return new Agent.Coming(launched.at());
        }
        watched.put(workspace.id(), new Watched(launched, answer.get(), clock.instant(), 0));
        return answer.get();
    }

    private Agent again(Workspace workspace, Watched last) {
        var now = clock.instant();
        if (now.isBefore(last.askedAt().plus(ASKED_EVERY))) {
            return last.serving();
        }
        var answer = calls.describe(workspace.id());
        var silences = answer.isPresent() ? 0 : last.silences() + 1;
        var serving = answer.orElse(last.serving());
        watched.put(workspace.id(), new Watched(last.launched(), serving, now, silences));
        return silences < MOST_SILENCES
                ? serving
                : new Agent.Deaf(
                        new Trouble(
                                "agent-deaf",
                                "The workspace agent lives but does not answer; it is replaced."));
    }

    @Override
    public void launch(Workspace workspace) {
        var folders = folders(workspace);
        try {
            var holder = AgentLock.holder(folders.lock());
            if (holder.isPresent()) {
                new Launched(holder.get(), clock.instant()).write(folders);
                return;
            }
            var process = launcher.launch(workspace, folders);
            var found = AgentProcess.find(process.pid());
            if (found.isEmpty()) {
                throw new LaunchException("agent-ended", ended(folders).text(), null);
            }
            new Launched(found.get(), clock.instant()).write(folders);
            LOG.infof(
                    "Workspace agent launched workspaceId=%s pid=%d",
                    workspace.id(), process.pid());
        } catch (IOException e) {
            throw new LaunchException(
                    "agent-not-launched",
                    "The workspace agent could not be launched: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void kill(Workspace workspace) {
        Launched.read(folders(workspace)).ifPresent(launched -> launched.process().kill());
    }

    @Override
    public void shutDown(Workspace workspace) {
        var folders = folders(workspace);
        var launched = Launched.read(folders);
        var process = launched.map(Launched::process);
        if (process.filter(AgentProcess::lives).isPresent()) {
            calls.shutDown(workspace.id(), config.stopTimeout());
            if (!leftovers.awaitEnd(process.get(), config.stopTimeout())) {
                process.get().kill();
            }
        }
        if (!leftovers.end(workspace.id(), folders)) {
            throw new LaunchException(
                    "not-stopped", "Processes of the workspace are still there.", null);
        }
        forget(workspace, folders);
    }

    @Override
    public void removeFiles(Workspace workspace) {
        try {
            folders(workspace).remove();
        } catch (IOException e) {
            throw new LaunchException(
                    "not-removed", "Files of the workspace are left: " + e.getMessage(), e);
        }
    }

    private void forget(Workspace workspace, AgentFolders folders) {
        watched.remove(workspace.id());
        try {
            Files.deleteIfExists(folders.process());
            Files.deleteIfExists(folders.endpoint());
        } catch (IOException e) {
            throw new LaunchException("not-removed", "A file is left: " + e.getMessage(), e);
        }
    }

    private AgentFolders folders(Workspace workspace) {
        return AgentFolders.of(config, workspace.id());
    }

    private static Trouble ended(AgentFolders folders) {
        return new Trouble(
                "agent-ended",
                "The workspace agent ended unexpectedly"
                        + LogTail.lastError(folders.log()).map(line -> ": " + line).orElse("."));
    }
}
