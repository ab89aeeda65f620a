package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.agent.workspace.ProcessTable;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/// The end of a pane's window and of every process below its program. They get a hang-up first, and
/// a moment to tidy up.
final class PaneEnd {

    private static final Logger LOG = Logger.getLogger(PaneEnd.class);
    private static final int GRACE_TRIES = 25;
    private static final int PAUSE_MILLIS = 20;

    private final PaneContext context;
    private final PaneWindow window;

    PaneEnd(PaneContext context, PaneWindow window) {
        this.context = context;
        this.window = window;
    }

    /// Returns when none is left.
    void run() {
        Set<ProcessHandle> all = new HashSet<>();
        for (int pid : window.dead() ? Set.<Integer>of() : ProcessTable.read().tree(window.pid())) {
            ProcessHandle.of(pid).ifPresent(all::add);
        }
        try {
            context.client().get().ask("kill-window", "-t", "@" + window.window());
        } catch (TmuxException e) {
            LOG.debugf("the window is gone already: %s", e.getMessage());
        }
        if (!haveEnded(all)) {
            all.stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(ProcessHandle::destroyForcibly);
            all.forEach(ProcessHandle::destroyForcibly);
            haveEnded(all);
        }
    }

    private static boolean haveEnded(Set<ProcessHandle> all) {
        try {
            for (int i = 0; i < GRACE_TRIES; i++) {
                if (all.stream().noneMatch(ProcessHandle::isAlive)) {
                    return true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
