package io.orchflow.workspaces.driver;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ends processes of a workspace whose agent can no longer do it: tmux of that workspace, whatever
/// carries its id in its environment, and everything below these.
@ApplicationScoped
class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 20_000_000;

    /// @return whether none is left
    boolean end(String workspaceId, AgentFolders folders) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var left = find(workspaceId, folders);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left.forEach(AgentProcess::kill);
            LockSupport.parkNanos(POLL_NANOS);
            left = find(workspaceId, folders);
        }
        return left.isEmpty();
    }

    /// @return whether it ended within that time
    boolean awaitEnd(AgentProcess process, Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (process.lives() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return !process.lives();
    }

    private static List<AgentProcess> find(String workspaceId, AgentFolders folders) {
        var variable = "\0ORCHFLOW_WORKSPACE_ID=" + workspaceId + "\0";
        var runtime = folders.runtime().toAbsolutePath().normalize() + "/";
        Set<Long> found = new HashSet<>();
        try (var all = ProcessHandle.allProcesses()) {
            all.filter(p -> p.pid() != ProcessHandle.current().pid())
                    .filter(p -> belongs(p.pid(), variable, runtime))
                    .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
                    .map(ProcessHandle::pid)
                    .forEach(found::add);
        }
        return found.stream()
                .flatMap(pid -> AgentProcess.find(pid).stream())
                .collect(Collectors.toList());
    }

    private static boolean belongs(long pid, String variable, String runtime) {
        return ("\0" + read(pid, "environ")).contains(variable)
                || (read(pid, "comm").startsWith("tmux") && read(pid, "cmdline").contains(runtime));
    }

    private static String read(long pid, String file) {
        try {
            var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), file));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }
}
