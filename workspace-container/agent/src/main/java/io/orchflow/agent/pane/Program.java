package io.orchflow.agent.pane;

import io.orchflow.agent.kernel.Gate;
import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.agent.workspace.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The program of a pane and its leader, a few lines of shell. The leader starts the program when
/// it is let through the gate, outlives it, writes the [EndMark] behind its output and ends only
/// when told that the mark has arrived: a terminal is over when its leader ends, and tmux 3.3a then
/// drops what it has not passed on.
final class Program {

    /// The leader: "$0" is the gate, "$@" the program. The first line through the gate is the
    /// secret of the end mark, the second one lets the program go, each later one asks for the mark
    /// again, `bye` ends the leader.
    static final String LEADER =
            """
            read -r end <"$0" || exit 125
            trap : INT QUIT
            (read -r go <"$0"; . "$0.start")
            code=$?
            trap '' INT QUIT TTOU
            stty -ixon 2>/dev/null
            while printf '\\030\\033]7717;%s;%d\\007' "$end" "$code"
            read -r go <"$0" && [ "$go" != bye ]; do :; done
            exit "$code"
            """;

    private static final Logger LOG = Logger.getLogger(Program.class);
    private static final long CHILD_SECONDS = 5;
    private static final long LOOK_NANOS = 300_000;
    private static final int TRIES = 100;
    private static final int PAUSE_MILLIS = 20;

    private final PaneContext context;
    private final TmuxPane pane;
    private @Nullable Gate gate;

    Program(PaneContext context, TmuxPane pane) {
        this.context = context;
        this.pane = pane;
    }

    /// The path at which a pane's leader waits.
    static Path gatePath(PaneContext context, String paneId) {
        return context.gates().resolve(paneId);
    }

    /// What the program's shell runs once it is let through: `exec` of "$@" in its environment.
    static Path startPath(PaneContext context, String paneId) {
        return context.gates().resolve(paneId + ".start");
    }

    /// Makes the gate of a new pane; call before its leader starts.
    void prepare(String secret) throws IOException {
        open().send(secret);
    }

    /// Watches a new leader until its child waits at the gate, which is the program from then on.
    void watch(PaneWindow window) throws IOException {
        context.exits().whenEnded(window.pid(), this::leaderEnded);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CHILD_SECONDS);
        OptionalInt child = child(window.pid());
        while (child.isEmpty()) {
            if (System.nanoTime() > deadline || !ProcessHandle.of(window.pid()).isPresent()) {
                throw new IOException("the pane's leader does not start");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            child = child(window.pid());
        }
        pane.runsAs(child.getAsInt());
    }

    /// Watches a leader of the agent's former life. If its program has ended meanwhile, the mark
    /// comes again.
    void watchAgain(PaneWindow window) throws IOException {
        child(window.pid()).ifPresent(pane::runsAs);
        context.exits().whenEnded(window.pid(), this::leaderEnded);
        open();
        go();
    }

    /// Lets the program run.
    void go() throws IOException {
        open().send("go");
    }

    /// The end mark has arrived.
    void ended(int exitCode) {
        pane.ended(exitCode);
        dismiss();
    }

    /// Lets the leader end.
    void dismiss() {
        try {
            open().send("bye");
        } catch (IOException e) {
            LOG.warnf("the leader of pane %s cannot be told: %s", pane.paneId(), e.getMessage());
        }
    }

    /// Lets go of the gate.
    synchronized void release() {
        try {
            if (gate != null) {
                gate.close();
            }
            Files.deleteIfExists(startPath(context, pane.paneId()));
        } catch (IOException e) {
            LOG.warnf("a gate could not be removed: %s", e.getMessage());
        }
    }

    // Without a mark somebody has killed the leader, and output may be missing.
    private void leaderEnded() {
        try {
            for (int i = 0; i < TRIES && !pane.exited().isDone() && !pane.isClosed(); i++) {
                Integer code = toldByTmux();
                if (code != null) {
                    pane.output().jump(0);
                    pane.ended(code);
                }
                Thread.sleep(PAUSE_MILLIS); // tmux has not heard of its child's end yet.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TmuxException e) {
            // The next connection to tmux finds out.
            LOG.debugf("pane %s ended while tmux was away: %s", pane.paneId(), e.getMessage());
        }
        if (pane.exited().isDone()) {
            release();
        }
    }

    private @Nullable Integer toldByTmux() {
        PaneWindow window = pane.window();
        if (window == null) {
            return null;
        }
        String target = "%" + window.pane();
        Batch question = new Batch().add("display-message", "-p", "-t", target, PaneWindow.FORMAT);
        return context.client()
                .get()
                .run(question, replies -> exitCode(replies.getFirst().first()));
    }

    // Of a window that is gone tmux tells nothing but separators.
    private @Nullable Integer exitCode(String line) {
        return line.startsWith(pane.paneId()) ? PaneWindow.parse(line).exitCode() : null;
    }

    private synchronized Gate open() throws IOException {
        if (gate == null) {
            gate = Gate.at(gatePath(context, pane.paneId()));
        }
        return gate;
    }

    private static OptionalInt child(int leader) {
        String pid = Integer.toString(leader);
        Path children = Path.of("/proc", pid, "task", pid, "children");
        try {
            String text = Files.readString(children, StandardCharsets.US_ASCII).strip();
            return text.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(text.split(" ", 2)[0]));
        } catch (IOException _) {
            // A kernel without that file, or the leader has ended.
            return ProcessTable.read().childrenOf(leader).stream()
                    .mapToInt(ProcessTable.Entry::pid)
                    .findFirst();
        }
    }
}
