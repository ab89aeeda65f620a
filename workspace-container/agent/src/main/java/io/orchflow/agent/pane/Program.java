package io.orchflow.agent.pane;

import io.orchflow.agent.kernel.Gate;
import io.orchflow.agent.kernel.Tty;
import io.orchflow.agent.tmux.TmuxException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The program of a pane, from the gate it waits at until all its output is in and its exit code is
/// known.
///
/// tmux 3.3a throws away what it has not passed on when a terminal ends. So the terminal is held
/// open here, before the program runs; its end is told by the kernel (pidfd), and the end of its
/// output by an [EndMark].
final class Program {

    private static final Logger LOG = Logger.getLogger(Program.class);
    private static final int TRIES = 150;
    private static final int PAUSE_MILLIS = 20;

    private final PaneContext context;
    private final TmuxPane pane;
    private @Nullable Tty tty;
    private @Nullable Gate gate;

    Program(PaneContext context, TmuxPane pane) {
        this.context = context;
        this.pane = pane;
    }

    /// The path at which a new pane's program waits.
    static java.nio.file.Path gatePath(PaneContext context, String paneId) {
        return context.gates().resolve(paneId);
    }

    /// Makes the gate; call before the program starts.
    void prepare() throws IOException {
        gate = Gate.at(gatePath(context, pane.paneId()));
    }

    /// Holds the terminal and watches the process.
    void watch(PaneWindow window) throws IOException {
        try {
            tty = Tty.open(window.tty());
        } catch (IOException e) {
            LOG.debugf("terminal of pane %s is gone: %s", pane.paneId(), e.getMessage());
        }
        context.exits().whenEnded(window.pid(), this::ended);
    }

    /// Lets the program run; one found after a restart may still be waiting.
    void go() throws IOException {
        if (gate != null) {
            gate.letThrough();
        } else if (java.nio.file.Files.exists(gatePath(context, pane.paneId()))) {
            prepare();
            go();
        }
    }

    /// Lets go of terminal and gate.
    void release() {
        if (tty != null) {
            tty.close();
        }
        try {
            if (gate != null) {
                gate.close();
            }
        } catch (IOException e) {
            LOG.warnf("a gate could not be removed: %s", e.getMessage());
        }
    }

    private void ended() {
        try {
            awaitAllOutput();
            release();
            for (int i = 0; i < TRIES; i++) {
                PaneWindow now = look();
                if (now == null || now.exitCode() != null) {
                    pane.ended(now == null ? null : now.exitCode());
                    return;
                }
                Thread.sleep(PAUSE_MILLIS); // tmux has not heard of its child's end yet.
            }
            LOG.warnf("tmux does not tell how the program of pane %s ended", pane.paneId());
            pane.ended(null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TmuxException e) {
            // The next connection to tmux finds the pane dead.
            LOG.debugf("pane %s ended while tmux was away: %s", pane.paneId(), e.getMessage());
        } catch (IOException e) {
            LOG.warnf("end of pane %s: %s", pane.paneId(), e.getMessage());
        }
    }

    private @Nullable PaneWindow look() {
        PaneWindow window = pane.window();
        if (window == null) {
            return null;
        }
        try {
            String target = "%" + window.pane();
            String line =
                    context.client()
                            .get()
                            .ask("display-message", "-p", "-t", target, PaneWindow.FORMAT)
                            .first();
            return PaneWindow.parse(line);
        } catch (TmuxException e) {
            if (e.isGone()) {
                throw e;
            }
            return null;
        }
    }

    private void awaitAllOutput() throws IOException, InterruptedException {
        Tty terminal = tty;
        if (terminal == null) {
            return;
        }
        EndMark mark = new EndMark();
        CountDownLatch seen = new CountDownLatch(1);
        pane.output().expect(mark, seen::countDown);
        for (int i = 0; i < TRIES && !terminal.tryWrite(mark.bytes()); i++) {
            Thread.sleep(PAUSE_MILLIS); // The terminal is full: tmux is reading it.
        }
        if (!seen.await((long) TRIES * PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.warnf("the last output of pane %s may be missing", pane.paneId());
        }
    }
}
