package io.orchflow.workspaces.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/// The agent that was launched last, as its runtime folder remembers it.
record Launched(AgentProcess process, Instant at) {

    /// @return empty where none was, or what is there cannot be read
    static Optional<Launched> read(AgentFolders folders) {
        try {
            var words = Files.readString(folders.process()).strip().split(" ", -1);
            return Optional.of(
                    new Launched(
                            new AgentProcess(Long.parseLong(words[0]), Long.parseLong(words[1])),
                            Instant.ofEpochMilli(Long.parseLong(words[2]))));
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }

    void write(AgentFolders folders) throws IOException {
        var text = process.pid() + " " + process.startTicks() + " " + at.toEpochMilli() + "\n";
        var fresh = folders.process().resolveSibling("agent.process.new");
        Files.writeString(fresh, text);
        Files.move(fresh, folders.process(), StandardCopyOption.ATOMIC_MOVE);
    }
}
