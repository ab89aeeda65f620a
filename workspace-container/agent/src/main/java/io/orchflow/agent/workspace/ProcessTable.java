package io.orchflow.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The processes of this machine as `/proc` shows them at one moment (proc(5)).
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /// One process.
    ///
    /// @param state as in `stat`: R, S, D, T, t, Z, X, I
    /// @param startTime clock ticks after boot; with the pid it names a process for good
    /// @param cpuTicks user and system time of all its threads and of its reaped children, clock
    ///     ticks
    public record Entry(
            int pid, int parent, int session, char state, long startTime, long cpuTicks) {

        /// Only what never changes.
        public Entry identity() {
            return new Entry(pid, 0, 0, ' ', startTime, 0);
        }

        /// True while this very process runs; one that has ended and waits for its parent does not.
        public boolean lives() {
            return entry(pid).filter(now -> now.startTime == startTime && !now.dead()).isPresent();
        }

        /// SIGKILL, to this very process only.
        public void kill() {
            // ProcessHandle compares the start time once more before it sends the signal.
            ProcessHandle.of(pid).filter(_ -> lives()).ifPresent(ProcessHandle::destroyForcibly);
        }

        /// It has ended, and only waits for its parent.
        public boolean dead() {
            return state == 'Z' || state == 'X';
        }
    }

    private final Map<Integer, Entry> entries;
    private final Map<Integer, List<Entry>> children = new HashMap<>();

    private ProcessTable(Map<Integer, Entry> entries) {
        this.entries = entries;
        entries.values()
                .forEach(
                        entry ->
                                children.computeIfAbsent(entry.parent(), _ -> new ArrayList<>())
                                        .add(entry));
    }

    /// Reads it now; some milliseconds for some hundred processes.
    public static ProcessTable read() {
        Map<Integer, Entry> found = new LinkedHashMap<>();
        try (DirectoryStream<Path> pids = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : pids) {
                entry(Integer.parseInt(directory.getFileName().toString()))
                        .ifPresent(entry -> found.put(entry.pid(), entry));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return new ProcessTable(found);
    }

    /// The process with this pid now; empty when there is none.
    public static Optional<Entry> entry(int pid) {
        return text(PROC.resolve(Integer.toString(pid)).resolve("stat")).map(ProcessTable::parse);
    }

    private static Entry parse(String stat) {
        int open = stat.indexOf('(');
        // The name may hold anything, brackets and spaces too.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Entry(
                Integer.parseInt(stat.substring(0, open).strip()),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[3]),
                fields[0].charAt(0),
                Long.parseLong(fields[19]),
                Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum());
    }

    public Collection<Entry> all() {
        return entries.values();
    }

    public List<Entry> childrenOf(int pid) {
        return children.getOrDefault(pid, List.of());
    }

    /// Everything below a process, parents before children; zombies are left out, but not what is
    /// below them.
    public List<Entry> below(int pid) {
        List<Entry> found = new ArrayList<>();
        Deque<Entry> open = new ArrayDeque<>(childrenOf(pid));
        while (!open.isEmpty()) {
            Entry next = open.removeFirst();
            if (!next.dead()) {
                found.add(next);
            }
            open.addAll(childrenOf(next.pid()));
        }
        return found;
    }

    /// A process, all below it, and all in the sessions that these lead.
    public Set<Integer> tree(int root) {
        Set<Integer> found = new HashSet<>();
        if (entries.containsKey(root)) {
            found.add(root);
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Entry entry : all()) {
                boolean member =
                        found.contains(entry.parent())
                                || entry.session() == root
                                || found.contains(entry.session());
                grown |= member && found.add(entry.pid());
            }
        }
        return found;
    }

    /// True when no thread of the process can run before it is continued: each is stopped, or waits
    /// in the kernel with the stop already pending.
    public static boolean stopped(Entry entry) {
        Path tasks = PROC.resolve(Integer.toString(entry.pid())).resolve("task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                Optional<String> stat = text(thread.resolve("stat"));
                if (stat.isPresent() && !stoppedThread(parse(stat.get()).state(), thread)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            // It ended meanwhile.
            return true;
        }
    }

    private static boolean stoppedThread(char state, Path thread) {
        return switch (state) {
            case 'T', 't', 'Z', 'X' -> true;
            case 'D' -> stopPending(thread);
            default -> false;
        };
    }

    private static boolean stopPending(Path thread) {
        long stop = 1L << (19 - 1);
        return text(thread.resolve("status"))
                .map(
                        status ->
                                status.lines()
                                        .filter(
                                                line ->
                                                        line.startsWith("SigPnd:")
                                                                || line.startsWith("ShdPnd:"))
                                        .map(
                                                line ->
                                                        Long.parseUnsignedLong(
                                                                line.substring(7).strip(), 16))
                                        .anyMatch(pending -> (pending & stop) != 0))
                .orElse(true);
    }

    /// The pid that the process has in its own pid namespace.
    public static int innermostPid(int pid) {
        return text(PROC.resolve(Integer.toString(pid)).resolve("status"))
                .flatMap(
                        status ->
                                status.lines()
                                        .filter(line -> line.startsWith("NSpid:"))
                                        .findFirst())
                .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                .map(Integer::parseInt)
                .orElse(0);
    }

    /// True when the process was started with this line in its environment; false when that cannot
    /// be read.
    public static boolean startedWith(int pid, String variable) {
        return text(PROC.resolve(Integer.toString(pid)).resolve("environ"))
                .map(environment -> ("\0" + environment).contains("\0" + variable + "\0"))
                .orElse(false);
    }

    /// Whether the process's command line has this word.
    public static boolean runs(int pid, String word) {
        return text(PROC.resolve(Integer.toString(pid)).resolve("cmdline"))
                .filter(line -> List.of(line.split("\0")).contains(word))
                .isPresent();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // Processes end at any moment, and with them their files.
            return Optional.empty();
        }
    }
}
