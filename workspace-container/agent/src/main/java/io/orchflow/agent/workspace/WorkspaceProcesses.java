package io.orchflow.agent.workspace;

import jakarta.inject.Singleton;
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

    private final String marker;
    private final int self = (int) ProcessHandle.current().pid();
    // Whose environment was read already: it does not change.
    private Map<ProcessTable.Entry, Boolean> marked = new HashMap<>();

    WorkspaceProcesses(WorkspaceConfig config) {
        marker = "ORCHFLOW_WORKSPACE_ID=" + config.id();
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
        Map<ProcessTable.Entry, Boolean> seen = new HashMap<>();
        for (ProcessTable.Entry entry : table.all()) {
            Boolean known = marked.get(entry.identity());
            boolean mine = known == null ? ProcessTable.startedWith(entry.pid(), marker) : known;
            seen.put(entry.identity(), mine);
            if (mine) {
                members.add(entry.pid());
            }
        }
        marked = seen;
        Set<Integer> below = new HashSet<>(members);
        members.forEach(pid -> table.below(pid).forEach(entry -> below.add(entry.pid())));
        return table.all().stream()
                .filter(entry -> below.contains(entry.pid()) && !entry.dead())
                .toList();
    }
}
