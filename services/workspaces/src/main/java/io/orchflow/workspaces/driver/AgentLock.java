package io.orchflow.workspaces.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds who holds an agent's lock: an agent whose launch this service did not live to note.
final class AgentLock {

    private AgentLock() {}

    /// Reads `/proc/locks` (proc(5)): `1: FLOCK ADVISORY WRITE <pid> <major>:<minor>:<inode> 0
    /// EOF`.
    static Optional<AgentProcess> holder(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        var inode = ":" + Files.getAttribute(lock, "unix:ino");
        try (var lines = Files.lines(Path.of("/proc/locks"))) {
            return lines.map(line -> line.split("\\s+", -1))
                    .filter(words -> words.length > 5 && words[1].equals("FLOCK"))
                    .filter(words -> words[5].endsWith(inode))
                    .flatMap(words -> AgentProcess.find(Long.parseLong(words[4])).stream())
                    .findFirst();
        }
    }
}
