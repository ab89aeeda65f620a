package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.TmuxClient;
import io.orchflow.agent.tmux.TmuxListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Brings what tmux says to the panes it is about. Called by the reader of the control client.
final class OutputRouter implements TmuxListener {

    private static final Logger LOG = Logger.getLogger(OutputRouter.class);

    private final Supplier<@Nullable TmuxClient> client;
    private final Runnable whenDisconnected;
    private final Map<Integer, TmuxPane> byTmux = new ConcurrentHashMap<>();
    // Panes with output since the last [#drained]; the reader's own.
    private final List<TmuxPane> fresh = new ArrayList<>();

    OutputRouter(Supplier<@Nullable TmuxClient> client, Runnable whenDisconnected) {
        this.client = client;
        this.whenDisconnected = whenDisconnected;
    }

    /// From now on this number of tmux is that pane.
    void put(int number, TmuxPane pane) {
        byTmux.put(number, pane);
    }

    void remove(int number) {
        byTmux.remove(number);
    }

    void clear() {
        byTmux.clear();
    }

    @Override
    public void output(int pane, byte[] buffer, int length) {
        TmuxPane target = byTmux.get(pane);
        if (target != null) {
            target.output().append(buffer, length);
            if (!fresh.contains(target)) {
                fresh.add(target);
            }
        }
    }

    @Override
    public void drained() {
        for (TmuxPane pane : fresh) {
            pane.output().pass();
        }
        fresh.clear();
    }

    @Override
    public void paused(int pane) {
        LOG.warn("tmux has paused a pane: its output was not read in time");
        TmuxPane target = byTmux.get(pane);
        TmuxClient now = client.get();
        if (target != null && now != null) {
            Batch go = new Batch().add("refresh-client", "-A", "%" + pane + ":continue");
            // What comes behind the reply is counted again; what was not sent before is lost.
            now.run(go, (_, _) -> resync(target));
        }
    }

    @Override
    public void disconnected() {
        whenDisconnected.run();
    }

    private static void resync(TmuxPane pane) {
        pane.output().jump(0);
        Thread.startVirtualThread(pane.output()::pass);
    }
}
