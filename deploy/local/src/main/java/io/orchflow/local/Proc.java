package io.orchflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the kernel says about a process (proc(5)).
final class Proc {
    private Proc() {}

    static boolean isZombie(long pid) {
        List<String> stat = stat(pid);
        return !stat.isEmpty() && stat.getFirst().equals("Z");
    }

    /// When it started, in clock ticks since the machine did: with the pid, a name that is never
    /// used again. Empty when it is gone.
    static Optional<Long> startTicks(long pid) {
        List<String> stat = stat(pid);
        return stat.size() > 19 ? Optional.of(Long.valueOf(stat.get(19))) : Optional.empty();
    }

    static boolean lives(long pid) {
        List<String> stat = stat(pid);
        return !stat.isEmpty() && !stat.getFirst().equals("Z") && !stat.getFirst().equals("X");
    }

    /// The first words of its command line, for messages.
    static String describe(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            String words = line.replace('\0', ' ').strip();
            return words.substring(0, Math.min(words.length(), 60)) + " (" + pid + ")";
        } catch (IOException e) {
            return Long.toString(pid);
        }
    }

    /// Proportional set size: memory of its own plus its part of shared memory. 0 when it is gone
    /// or not readable.
    static long memoryBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kib -> Long.parseLong(kib) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// The fields after the command name; empty when the process is gone.
    private static List<String> stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException | IndexOutOfBoundsException e) {
            return List.of();
        }
    }
}
