package io.orchflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Processes as the kernel counts them, whoever their parent is.
public final class Kernel {
    private Kernel() {}

    /// False for a zombie: it is dead, and waits for its parent to look.
    public static boolean runs(long pid) {
        String stat = Orchflow.procFile(pid, "stat");
        return !stat.isEmpty() && "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
    }

    /// Whether any process has this line in the environment that it was started with.
    public static boolean anyRunsWith(String variable) {
        return ProcessHandle.allProcesses()
                .anyMatch(
                        p ->
                                ("\0" + Orchflow.procFile(p.pid(), "environ"))
                                        .contains("\0" + variable));
    }

    /// A process that does nothing until this is closed.
    public record Halted(long pid) implements AutoCloseable {
        @Override
        public void close() {
            signal("CONT", pid);
        }
    }

    /// Stops a process where it is, by SIGSTOP.
    public static Halted halt(ProcessHandle process) {
        signal("STOP", process.pid());
        return new Halted(process.pid());
    }

    /// Ends a process by SIGKILL, also a halted one.
    public static void kill(long pid) {
        signal("KILL", pid);
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
