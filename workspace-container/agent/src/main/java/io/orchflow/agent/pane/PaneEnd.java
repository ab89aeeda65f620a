package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.agent.workspace.ProcessTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/// The end of a pane's window and of every process below its program. They get a hang-up first, and
/// a moment to tidy up.
final class PaneEnd {

    private static final Logger LOG = Logger.getLogger(PaneEnd.class);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int PAUSE_MILLIS = 10;

    private final PaneContext context;
    private final PaneWindow window;

    PaneEnd(PaneContext context, PaneWindow window) {
        this.context = context;
        this.window = window;
    }

    /// Returns when none is left.
    void run() {
        Set<ProcessTable.Entry> all = new HashSet<>();
        for (int pid : window.dead() ? Set.<Integer>of() : ProcessTable.read().tree(window.pid())) {
            ProcessTable.entry(pid).map(ProcessTable.Entry::identity).ifPresent(all::add);
        }
        try {
            context.client().get().ask("kill-window", "-t", "@" + window.window());
        } catch (TmuxException e) {
            LOG.debugf("the window is gone already: %s", e.getMessage());
        }
        if (haveEnded(all, GRACE)) {
            return;
        }
        ProcessTable now = ProcessTable.read();
        Set.copyOf(all).forEach(entry -> now.below(entry.pid()).forEach(all::add));
        all.forEach(ProcessTable.Entry::kill);
        if (!haveEnded(all, LIMIT)) {
            LOG.warnf("processes of a closed pane are still there: %s", all);
        }
    }

    private static boolean haveEnded(Set<ProcessTable.Entry> all, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (all.stream().anyMatch(ProcessTable.Entry::lives)) {
                if (System.nanoTime() > end) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }
}
