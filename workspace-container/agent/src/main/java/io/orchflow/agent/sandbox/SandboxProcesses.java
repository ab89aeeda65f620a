package io.orchflow.agent.sandbox;

import io.orchflow.agent.workspace.ProcessTable;
import io.orchflow.agent.workspace.ProcessTable.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// The processes of one sandbox, from outside: stopped, continued and ended, each time until the
/// kernel shows it.
///
/// A process is known by pid and start time, so that a pid used again is never mistaken for it. The
/// leader itself is never stopped: tmux would continue it at once.
///
/// @param leader pid of the sandbox's leader, as this machine counts
/// @param startTime of the leader, clock ticks after boot
/// @param mark `NAME=value` in the environment of everything that runs in it; used where there are
///     no namespaces
/// @param isolated whether the sandbox has a pid namespace
/// @param joined pids of what entered the sandbox later, from outside: they and all below them are
///     of it too
public record SandboxProcesses(
        int leader, long startTime, String mark, boolean isolated, List<Integer> joined) {

    private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    public SandboxProcesses {
        joined = List.copyOf(joined);
    }

    /// Nothing has joined it.
    public SandboxProcesses(int leader, long startTime, String mark, boolean isolated) {
        this(leader, startTime, mark, isolated, List.of());
    }

    /// @return empty when no such process is there
    public static Optional<SandboxProcesses> of(int leader, String mark, boolean isolated) {
        return ProcessTable.entry(leader)
                .filter(entry -> !entry.dead())
                .map(entry -> new SandboxProcesses(leader, entry.startTime(), mark, isolated));
    }

    /// True while the leader lives.
    public boolean alive() {
        return ProcessTable.entry(leader)
                .filter(entry -> entry.startTime() == startTime && !entry.dead())
                .isPresent();
    }

    /// Waits until the sandbox is entered, so that there is something to control.
    ///
    /// @return false when it ended before
    public boolean awaitEntered() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (alive() && System.nanoTime() < end) {
            if (!isolated || init(ProcessTable.read()).isPresent()) {
                return true;
            }
            pause();
        }
        return alive();
    }

    /// Stops every process and returns when none of them can run any more.
    ///
    /// @throws IOException when they do not stop in time; then they are continued
    public void freeze() throws IOException, InterruptedException {
        long end = System.nanoTime() + FREEZE_LIMIT.toNanos();
        Set<Integer> before = Set.of();
        while (System.nanoTime() < end) {
            List<Entry> members = members(ProcessTable.read());
            Set<Integer> now = members.stream().map(Entry::pid).collect(Collectors.toSet());
            List<Entry> running =
                    members.stream().filter(entry -> !ProcessTable.stopped(entry)).toList();
            if (running.isEmpty() && now.equals(before)) {
                return;
            }
            // Parents first, one generation at a time: a shell that is not yet stopped itself would
            // see its child stop, and take the terminal back.
            Set<Integer> unstopped = running.stream().map(Entry::pid).collect(Collectors.toSet());
            signal(
                    "STOP",
                    running.stream().filter(entry -> !unstopped.contains(entry.parent())).toList());
            before = running.isEmpty() ? now : Set.of();
            pause();
        }
        thaw();
        throw new IOException(
                "the processes did not stop within " + FREEZE_LIMIT.toSeconds() + " s");
    }

    /// True when no process can run before [#thaw].
    public boolean frozen() {
        List<Entry> members = members(ProcessTable.read());
        return !members.isEmpty() && members.stream().allMatch(ProcessTable::stopped);
    }

    /// Continues every process.
    public void thaw() throws IOException, InterruptedException {
        // Children first, for the same reason as above.
        signal("CONT", members(ProcessTable.read()).reversed());
    }

    /// Ends every process, those that left their group or session too, and returns when none is
    /// left, the leader included.
    ///
    /// @throws IOException when one is still there after ten seconds
    public void kill() throws IOException, InterruptedException {
        long end = System.nanoTime() + KILL_LIMIT.toNanos();
        Set<Entry> seen = new HashSet<>();
        while (System.nanoTime() < end) {
            List<Entry> members = members(ProcessTable.read());
            members.forEach(entry -> seen.add(entry.identity()));
            if (!isolated) {
                signal("STOP", members);
                members.forEach(Entry::kill);
            }
            // The namespace's init dies with the leader, and the kernel ends the whole namespace
            // before the init itself is gone.
            ProcessTable.entry(leader)
                    .filter(entry -> entry.startTime() == startTime)
                    .ifPresent(Entry::kill);
            if (members.isEmpty() && !alive() && seen.stream().noneMatch(Entry::lives)) {
                return;
            }
            pause();
        }
        throw new IOException(
                "processes were still there "
                        + KILL_LIMIT.toSeconds()
                        + " s after they were killed");
    }

    /// CPU time of everything in the sandbox, clock ticks.
    public long cpuTicks() {
        return members(ProcessTable.read()).stream().mapToLong(Entry::cpuTicks).sum();
    }

    /// Pids of everything in the sandbox, the leader left out.
    public List<Integer> pids() {
        return members(ProcessTable.read()).stream().map(Entry::pid).toList();
    }

    private List<Entry> members(ProcessTable table) {
        if (isolated) {
            // Orphans become children of the namespace's init: nothing can leave the tree below it.
            List<Entry> all = new ArrayList<>();
            init(table).ifPresent(init -> addTree(all, table, init));
            joined.stream()
                    .flatMap(pid -> ProcessTable.entry(pid).stream())
                    .filter(entry -> !entry.dead())
                    .forEach(entry -> addTree(all, table, entry));
            return all;
        }
        List<Entry> all = new ArrayList<>(alive() ? table.below(leader) : List.of());
        Set<Integer> known = all.stream().map(Entry::pid).collect(Collectors.toSet());
        table.all().stream()
                .filter(
                        entry ->
                                entry.pid() != leader
                                        && !entry.dead()
                                        && !known.contains(entry.pid()))
                .filter(entry -> ProcessTable.startedWith(entry.pid(), mark))
                .forEach(all::add);
        return all;
    }

    private static void addTree(List<Entry> all, ProcessTable table, Entry root) {
        all.add(root);
        all.addAll(table.below(root.pid()));
    }

    /// Waits until the sandbox is whole and runs its command.
    ///
    /// @return its first process, as this machine counts, 0 where nothing is isolated; empty when
    ///     it
    ///     ended before
    public OptionalInt awaitBuilt() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (alive() && System.nanoTime() < end) {
            if (!isolated) {
                return OptionalInt.of(0);
            }
            Optional<Entry> init = init(ProcessTable.read());
            if (init.isPresent() && ProcessTable.runs(init.get().pid(), "/init.sh")) {
                return OptionalInt.of(init.get().pid());
            }
            pause();
        }
        return OptionalInt.empty();
    }

    private Optional<Entry> init(ProcessTable table) {
        if (!isolated || !alive()) {
            return Optional.empty();
        }
        return table.childrenOf(leader).stream()
                .filter(entry -> !entry.dead() && ProcessTable.innermostPid(entry.pid()) == 1)
                .findFirst();
    }

    private static void signal(String name, List<Entry> entries) throws IOException {
        List<String> argv =
                new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"; :", "kill", name));
        entries.stream()
                .filter(Entry::lives)
                .forEach(entry -> argv.add(Integer.toString(entry.pid())));
        if (argv.size() > 5) {
            Subprocess.run(
                    Subprocess.builder(argv, Map.of("PATH", "/usr/bin:/bin"), Path.of("/")),
                    null,
                    Duration.ofSeconds(5));
        }
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(3));
    }
}
