package io.orchflow.agent.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a terminal's foreground job waits for input, by the kernel's word: `/proc/PID/syscall`
/// (proc(5)) shows a `read` of the terminal, or a `select` of nothing but descriptor 0 without a
/// timeout, as shells' line editors do. A program that waits for several things at once (`poll`,
/// `epoll`) does not tell which; nothing is said of it. Where the kernel does not let us look, no
/// program is seen to wait.
public final class TerminalWait {

    private static final Path PROC = Path.of("/proc");
    private static final int CONTROLLING_TERMINAL = 0x500; // /dev/tty

    /// Numbers of the calls on this machine (asm/unistd.h).
    private record Calls(int read, Set<Integer> select) {}

    private static final Calls CALLS =
            switch (System.getProperty("os.arch", "")) {
                case "amd64", "x86_64" -> new Calls(0, Set.of(23, 270));
                case "aarch64" -> new Calls(63, Set.of(72));
                default -> new Calls(-1, Set.of());
            };

    /// What `/proc/PID/stat` says of a process and its terminal.
    private record Place(char state, int group, int terminal, int foreground) {}

    private TerminalWait() {}

    /// True when a process of the foreground job waits for input.
    ///
    /// @param leader the process that the terminal was opened with; the job is below it
    public static boolean waits(int leader) {
        Optional<Place> top = place(leader);
        if (top.isEmpty() || top.get().terminal() == 0) {
            return false;
        }
        Deque<Integer> open = new ArrayDeque<>(Set.of(leader));
        while (!open.isEmpty()) {
            int pid = open.removeFirst();
            Optional<Place> at = place(pid);
            if (at.isPresent() && inForeground(at.get(), top.get()) && waitsItself(pid, at.get())) {
                return true;
            }
            children(pid).forEach(open::add);
        }
        return false;
    }

    private static boolean inForeground(Place at, Place top) {
        // One that is stopped waits as before.
        return "ST".indexOf(at.state()) >= 0
                && at.terminal() == top.terminal()
                && at.group() == top.foreground();
    }

    private static boolean waitsItself(int pid, Place at) {
        String[] call = text(pid, "syscall").strip().split(" ", -1);
        if (call.length < 6) {
            return false; // "running", or not for us to see
        }
        int number = Integer.parseInt(call[0]);
        if (number == CALLS.read()) {
            return isTerminal(pid, Long.decode(call[1]), at);
        }
        boolean onlyInput = Long.decode(call[1]) == 1 && !call[2].equals("0x0");
        boolean forEver = call[5].equals("0x0");
        return CALLS.select().contains(number) && onlyInput && forEver && isTerminal(pid, 0, at);
    }

    // By device: the sandbox has names of its own.
    private static boolean isTerminal(int pid, long descriptor, Place at) {
        try {
            Path file = PROC.resolve(pid + "/fd/" + descriptor);
            int device = ((Number) Files.getAttribute(file, "unix:rdev")).intValue();
            return device == at.terminal() || device == CONTROLLING_TERMINAL;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<Integer> children(int pid) {
        return Arrays.stream(text(pid, "task/" + pid + "/children").split(" ", -1))
                .filter(word -> !word.isBlank())
                .map(Integer::valueOf)
                .toList();
    }

    private static Optional<Place> place(int pid) {
        String stat = text(pid, "stat");
        if (stat.isEmpty()) {
            return Optional.empty();
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Optional.of(
                new Place(
                        fields[0].charAt(0),
                        Integer.parseInt(fields[2]),
                        Integer.parseInt(fields[4]),
                        Integer.parseInt(fields[5])));
    }

    private static String text(int pid, String name) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/" + name));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // It ended meanwhile, or is not for us to see.
        }
    }
}
