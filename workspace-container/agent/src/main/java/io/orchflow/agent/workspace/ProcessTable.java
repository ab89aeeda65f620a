package io.orchflow.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes of this machine as `/proc` shows them at one moment (proc_pid_stat(5)).
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    /// One process.
    ///
    /// @param cpuTicks clock ticks it and its reaped children have used
    /// @param startTicks when it started, in clock ticks since boot
    /// @param zombie true once it has ended and only waits for its parent
    public record Entry(
            int pid, int parent, int session, long cpuTicks, long startTicks, boolean zombie) {}

    private final Map<Integer, Entry> entries;

    private ProcessTable(Map<Integer, Entry> entries) {
        this.entries = entries;
    }

    /// Reads it now; some milliseconds for some hundred processes.
    public static ProcessTable read() {
        Map<Integer, Entry> found = new HashMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                Entry entry = entry(folder);
                if (entry != null) {
                    found.put(entry.pid, entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return new ProcessTable(found);
    }

    public Map<Integer, Entry> entries() {
        return entries;
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
            for (Entry entry : entries.values()) {
                if (!found.contains(entry.pid)
                        && (found.contains(entry.parent)
                                || entry.session == root
                                || found.contains(entry.session))) {
                    grown = found.add(entry.pid) || grown;
                }
            }
        }
        return found;
    }

    private static @Nullable Entry entry(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new Entry(
                    Integer.parseInt(String.valueOf(folder.getFileName())),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[3]),
                    ticks,
                    Long.parseLong(fields[19]),
                    "Z".equals(fields[0]) || "X".equals(fields[0]));
        } catch (IOException _) {
            return null; // It has ended meanwhile.
        }
    }
}
