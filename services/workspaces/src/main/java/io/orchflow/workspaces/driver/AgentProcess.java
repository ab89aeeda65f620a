package io.orchflow.workspaces.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process of this machine, told apart from a later one with the same pid by when it started.
///
/// @param startTicks clock ticks since boot (proc(5), field 22 of stat)
public record AgentProcess(long pid, long startTicks) {

    /// The live process with that pid; a zombie is none.
    public static Optional<AgentProcess> find(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the name, in brackets, may hold blanks and brackets itself
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended
                    ? Optional.empty()
                    : Optional.of(new AgentProcess(pid, Long.parseLong(fields[19])));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    public boolean lives() {
        return find(pid).filter(this::equals).isPresent();
    }

    /// Ends it by SIGKILL.
    void kill() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
