package io.orchflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel says about a process (proc(5)).
final class Proc {
    private Proc() {}

    static boolean isZombie(long pid) {
        List<String> stat = stat(pid);
        return !stat.isEmpty() && stat.getFirst().equals("Z");
    }

    /// The command's name, cut to 15 characters; `?` when it is gone.
    static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
        } catch (IOException e) {
            return "?";
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
