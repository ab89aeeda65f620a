package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.ReplyHandler;
import io.orchflow.agent.tmux.TmuxException;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.PaneHasExited;
import io.orchflow.workspace.v1.PaneLeaseChanged;
import io.orchflow.workspace.v1.PaneWasClosed;
import io.orchflow.workspace.v1.PaneWasOpened;
import io.orchflow.workspace.v1.PaneWasResized;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A pane in tmux: its lease, size, life and record; its bytes are in [PaneOutput].
final class TmuxPane implements Pane, PaneOutput.Source {

    private final PaneContext context;
    private final PaneOutput output;
    private final AttentionWatch attention = new AttentionWatch(InstantSource.system());
    private final CompletableFuture<PaneExit> exited = new CompletableFuture<>();
    private final Lease lease;
    private final Object saving = new Object();
    // Written under the monitor, read without: the output asks for them while it holds its own.
    private volatile PaneRecord record;
    private volatile @Nullable PaneWindow window;
    private volatile int program;
    private @Nullable Size wanted;
    private boolean resizing;
    private boolean closed;

    /// @param next the number of the first byte to come
    TmuxPane(PaneContext context, PaneRecord record, long next) {
        this.context = context;
        this.record = record;
        this.lease = new Lease(record.leaseHolder());
        Size size = new Size(record.cols(), record.rows());
        this.output =
                new PaneOutput(
                        this, new EndMark(record.endSecret()), size, next, record.reservedSeq());
        if (record.exited()) {
            exited.complete(new PaneExit(record.exitCode()));
        }
    }

    @Override
    public String paneId() {
        return record().paneId();
    }

    @Override
    public @Nullable String agentId() {
        return record().agentId();
    }

    @Override
    public @Nullable String swarmId() {
        return record().swarmId();
    }

    @Override
    public OptionalInt pid() {
        int pid = program;
        return pid == 0 || exited.isDone() ? OptionalInt.empty() : OptionalInt.of(pid);
    }

    @Override
    public CompletableFuture<PaneExit> exited() {
        return exited;
    }

    @Override
    public void input(byte[] bytes) {
        PaneWindow now = window();
        if (now != null && bytes.length > 0 && !exited.isDone()) {
            context.client().get().type(now.pane(), bytes);
        }
    }

    @Override
    public OutputFollower.Following follow(OutputFollower follower) {
        Viewer viewer = attach(new FollowerSink(follower), Principals.SYSTEM, false, 0);
        viewer.signal();
        return new OutputFollower.Following() {
            @Override
            public void goOn() {
                viewer.signal();
            }

            @Override
            public void close() {
                detach(viewer, Principals.SYSTEM);
            }
        };
    }

    @Override
    public AttentionWatch attention() {
        return attention;
    }

    @Override
    public void wrote(byte[] bytes, int length) {
        if (record.agentId() != null) { // Nobody is asked by a person's own pane.
            attention.output(bytes, length);
        }
    }

    @Override
    public void lost() {
        attention.resync();
    }

    PaneOutput output() {
        return output;
    }

    PaneRecord record() {
        return record;
    }

    @Nullable PaneWindow window() {
        return window;
    }

    synchronized @Nullable Principal leaseHolder() {
        return lease.holder();
    }

    /// The pane is this window of tmux now.
    synchronized void isIn(PaneWindow found) {
        window = found;
    }

    /// The program's process is this one.
    void runsAs(int pid) {
        program = pid;
    }

    /// A stream of this principal begins; the caller signals the viewer.
    Viewer attach(ViewerSink sink, Principal who, boolean driver, long from) {
        List<AttachEvent> first = new ArrayList<>();
        Viewer viewer;
        synchronized (this) {
            if (closed) {
                throw Wire.noSuchPane(record.paneId());
            }
            if (lease.attach(who, driver)) {
                leaseChanged(who);
            }
            first.add(Wire.lease(lease.holder()));
            PaneExit exit = exited.getNow(null);
            if (exit != null) {
                first.add(Wire.exited(exit));
            }
            viewer = output.attach(sink, driver, from, first);
        }
        return viewer;
    }

    void detach(Viewer viewer, Principal who) {
        output.detach(viewer);
        synchronized (this) {
            if (lease.detach(who)) {
                expireLater();
            }
        }
    }

    /// A holder without a stream (the opener at first; everybody after a restart of the agent) has
    /// the time of grace to come, if it is somebody who can.
    synchronized void expireLeaseOfAbsent() {
        if (lease.isHolderAway()) {
            expireLater();
        }
    }

    void takeLease(Principal who) {
        synchronized (this) {
            if (lease.take(who)) {
                leaseChanged(who);
            }
        }
    }

    void giveUpLease(Principal who) {
        synchronized (this) {
            if (lease.giveUp(who)) {
                leaseChanged(who);
            }
        }
    }

    /// Types, if this principal holds the lease; drops it otherwise.
    void inputFrom(Principal who, byte[] bytes) {
        boolean holds;
        synchronized (this) {
            holds = lease.isHeldBy(who);
        }
        if (holds) {
            if (who.kind() == Principal.Kind.USER && record.agentId() != null) {
                attention.typed(bytes);
            }
            input(bytes);
        }
    }

    private void expireLater() {
        long since = lease.generation();
        long millis = context.leaseGrace().toMillis();
        var _ = context.timer().schedule(() -> expire(since), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void expire(long since) {
        Principal last = lease.holder();
        if (!closed && last != null && lease.expire(since)) {
            leaseChanged(last);
        }
    }

    private void leaseChanged(Principal by) {
        Principal holder = lease.holder();
        record = PaneRecords.withLease(record, holder);
        PaneLeaseChanged.Builder change = PaneLeaseChanged.newBuilder();
        if (holder != null) {
            change.setHolder(Wire.principal(holder));
        }
        note(by, JournalEntry.newBuilder().setLeaseChanged(change));
        output.post(Wire.lease(holder));
        saveSoon();
    }

    /// Resizes, if this principal holds the lease. Of several wishes in a row the last one counts.
    synchronized void resizeFrom(Principal who, Size size) {
        if (lease.isHeldBy(who) && window != null) {
            wanted = size;
            resize(who);
        }
    }

    private void resize(Principal who) {
        Size next = wanted;
        PaneWindow in = window;
        if (resizing || next == null || in == null) {
            return;
        }
        wanted = null;
        if (next.equals(output.size())) {
            return;
        }
        resizing = true;
        attention.resized();
        Batch command =
                new Batch()
                        .add(
                                "resize-window",
                                "-t",
                                "@" + in.window(),
                                "-x",
                                Integer.toString(next.cols()),
                                "-y",
                                Integer.toString(next.rows()));
        context.client().get().run(command, (_, failure) -> resized(who, next, failure == null));
    }

    private void resized(Principal who, Size to, boolean done) {
        if (done) {
            output.resized(to);
        }
        synchronized (this) {
            resizing = false;
            if (done) {
                record = PaneRecords.withSize(record, to);
                PaneWasResized.Builder size =
                        PaneWasResized.newBuilder().setCols(to.cols()).setRows(to.rows());
                note(who, JournalEntry.newBuilder().setResized(size));
                saveSoon();
            }
            resize(who);
        }
    }

    /// The program is about to run: written down before its first instruction.
    void opened(Principal by) {
        Size size = output.size();
        PaneWasOpened.Builder entry =
                PaneWasOpened.newBuilder().setCols(size.cols()).setRows(size.rows());
        synchronized (this) {
            note(by, JournalEntry.newBuilder().setOpened(entry));
        }
    }

    /// The program has ended and its output is complete; only the first call counts.
    ///
    /// @param exitCode null when nobody knows it
    void ended(@Nullable Integer exitCode) {
        PaneExit exit = new PaneExit(exitCode);
        synchronized (this) {
            if (record.exited() || closed) {
                return;
            }
            record = PaneRecords.withExit(record, exitCode, output.nextSeq());
            PaneHasExited.Builder entry = PaneHasExited.newBuilder().setBytesOut(output.nextSeq());
            if (exitCode != null) {
                entry.setExitCode(exitCode);
            }
            note(Principals.SYSTEM, JournalEntry.newBuilder().setExited(entry));
        }
        save();
        output.post(Wire.exited(exit));
        exited.complete(exit);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// Nothing of a closed pane is left: who waits for its end need not wait longer.
    void isGone() {
        exited.complete(new PaneExit(null));
    }

    /// The pane is no more: viewers are told, the record goes.
    ///
    /// @return false when it was closed already
    boolean close(Principal by) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            note(by, JournalEntry.newBuilder().setClosed(PaneWasClosed.getDefaultInstance()));
        }
        output.end();
        synchronized (saving) {
            context.store().delete(paneId());
        }
        return true;
    }

    @Override
    public void capture(ReplyHandler then) {
        PaneWindow now = window;
        if (now == null) {
            then.done(List.of(), TmuxException.gone("the pane is not in tmux"));
            return;
        }
        try {
            context.client().get().run(Capture.commands(now.pane()), then);
        } catch (TmuxException e) {
            then.done(List.of(), e);
        }
    }

    @Override
    public void reserve(long seq) {
        synchronized (this) {
            record = PaneRecords.withReserved(record, seq);
        }
        save();
    }

    io.orchflow.workspace.v1.Pane describe() {
        var pane = io.orchflow.workspace.v1.Pane.newBuilder();
        synchronized (this) {
            pane.setPaneId(record.paneId()).setTitle(record.title());
            setIfThere(record.agentId(), pane::setAgentId);
            pid().ifPresent(pane::setPid);
            Principal holder = lease.holder();
            if (holder != null) {
                pane.setLeaseHolder(Wire.principal(holder));
            }
        }
        PaneExit exit = exited.getNow(null);
        Integer code = exit == null ? null : exit.exitCode();
        if (code != null) {
            pane.setExitCode(code);
        }
        Size size = output.size();
        return pane.setCols(size.cols())
                .setRows(size.rows())
                .setNextSeq(output.nextSeq())
                .setState(
                        exit == null
                                ? io.orchflow.workspace.v1.Pane.State.RUNNING
                                : io.orchflow.workspace.v1.Pane.State.EXITED)
                .build();
    }

    private void note(Principal by, JournalEntry.Builder entry) {
        setIfThere(record.agentId(), entry::setAgentId);
        setIfThere(record.swarmId(), entry::setSwarmId);
        context.journal().append(entry.setPaneId(record.paneId()).setActor(Wire.principal(by)));
    }

    private void saveSoon() {
        Thread.startVirtualThread(this::save);
    }

    private void save() {
        synchronized (saving) {
            PaneRecord now;
            synchronized (this) {
                if (closed) {
                    return;
                }
                now = record;
            }
            context.store().write(now);
        }
    }

    private static void setIfThere(
            @Nullable String value, java.util.function.Consumer<String> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
