package io.orchflow.agent.workspace;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which processes belong to this workspace: all below the agent and below tmux, and all that were
/// started with the workspace's id in their environment, wherever they have gone since.
@Singleton
public class WorkspaceProcesses {

    private static final int TRIES = 100;
    private static final int PAUSE_MILLIS = 20;
    private static final int FORCE_AFTER = 25;

    private record Life(int pid, long startTicks) {}

    private final byte[] marker;
    private final int self = (int) ProcessHandle.current().pid();
    // Whose environment was read already: it does not change.
    private Map<Life, Boolean> marked = new HashMap<>();

    WorkspaceProcesses(WorkspaceConfig config) {
        marker = ("ORCHFLOW_WORKSPACE_ID=" + config.id()).getBytes(StandardCharsets.UTF_8);
    }

    /// The living ones, the agent included.
    public List<ProcessTable.Entry> find() {
        return find(ProcessTable.read());
    }

    /// Ends all but the agent; returns when none is left, or after two seconds.
    public void endAll() {
        try {
            for (int i = 0; i < TRIES; i++) {
                List<ProcessHandle> left = new ArrayList<>();
                for (ProcessTable.Entry entry : find()) {
                    if (entry.pid() != self) {
                        ProcessHandle.of(entry.pid()).ifPresent(left::add);
                    }
                }
                if (left.isEmpty()) {
                    return;
                }
                boolean force = i >= FORCE_AFTER;
                if (i == 0) {
                    left.forEach(ProcessHandle::destroy);
                } else if (force) {
                    left.forEach(ProcessHandle::destroyForcibly);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<ProcessTable.Entry> find(ProcessTable table) {
        Set<Integer> members = new HashSet<>(table.tree(self));
        Map<Life, Boolean> seen = new HashMap<>();
        for (ProcessTable.Entry entry : table.entries().values()) {
            Life life = new Life(entry.pid(), entry.startTicks());
            Boolean known = marked.get(life);
            boolean mine = known == null ? isMarked(entry.pid()) : known;
            seen.put(life, mine);
            if (mine) {
                members.add(entry.pid());
            }
        }
        marked = seen;
        List<ProcessTable.Entry> found = new ArrayList<>();
        for (ProcessTable.Entry entry : table.entries().values()) {
            boolean below = members.contains(entry.pid()) || isBelow(table, entry, members);
            if (below && !entry.zombie()) {
                found.add(entry);
            }
        }
        return found;
    }

    private static boolean isBelow(
            ProcessTable table, ProcessTable.Entry entry, Set<Integer> members) {
        ProcessTable.Entry at = entry;
        while (at != null && at.parent() > 1) {
            if (members.contains(at.parent())) {
                return true;
            }
            at = table.entries().get(at.parent());
        }
        return false;
    }

    private boolean isMarked(int pid) {
        try {
            byte[] environment =
                    Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "environ"));
            int start = 0;
            for (int i = 0; i <= environment.length; i++) {
                if (i == environment.length || environment[i] == 0) {
                    if (java.util.Arrays.equals(environment, start, i, marker, 0, marker.length)) {
                        return true;
                    }
                    start = i + 1;
                }
            }
            return false;
        } catch (IOException _) {
            return false; // Another user's, or it has ended.
        }
    }
}
