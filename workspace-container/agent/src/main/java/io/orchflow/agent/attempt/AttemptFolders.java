package io.orchflow.agent.attempt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Where an attempt's clone and its private folder lie.
///
/// @param clones a folder for each attempt's clone
/// @param runs a folder for what the agent shows to each attempt: input, inbox, command
record AttemptFolders(Path clones, Path runs) {

    Path clone(String agentId) {
        return clones.resolve(agentId);
    }

    Path run(String agentId) {
        return runs.resolve(agentId);
    }

    void write(AttemptLaunch launch) throws IOException {
        Path run = Files.createDirectories(run(launch.agentId()));
        shown(run.resolve(AttemptLaunch.INBOX), new byte[0]);
        if (!launch.input().isEmpty()) {
            shown(run.resolve(AttemptLaunch.INPUT), launch.input().toByteArray());
        }
    }

    private static void shown(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /// Appends one line to the attempt's inbox; the sandbox sees the same file.
    void deliver(String agentId, String line) throws IOException {
        Files.writeString(
                run(agentId).resolve(AttemptLaunch.INBOX),
                line + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }
}
