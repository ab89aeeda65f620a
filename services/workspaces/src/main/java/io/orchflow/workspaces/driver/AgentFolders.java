package io.orchflow.workspaces.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where one workspace keeps its things on this machine.
///
/// @param data what outlives the machine's restart: checkout, repository, journal
/// @param runtime sockets, certificate, and what tells where its agent is
record AgentFolders(Path data, Path runtime) {

    static AgentFolders of(LocalDriverConfig config, String workspaceId) {
        return new AgentFolders(
                config.workspacesDir().resolve(workspaceId),
                config.runtimeDir().resolve("ws").resolve(workspaceId));
    }

    Path tls() {
        return runtime.resolve("tls");
    }

    /// Written by the agent once it accepts connections.
    Path endpoint() {
        return runtime.resolve("endpoint.json");
    }

    /// Written by the driver: `<pid> <start ticks> <launched at, milliseconds since 1970>`.
    Path process() {
        return runtime.resolve("agent.process");
    }

    /// Locked by the agent's process for as long as it lives, so that there is never a second one.
    Path lock() {
        return runtime.resolve("agent.lock");
    }

    Path log() {
        return data.resolve("agent.log");
    }

    /// Makes all of them, for nobody else to read.
    void make() throws IOException {
        for (var folder : new Path[] {data, runtime, tls()}) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// Removes the data folder and the runtime folder. Links are removed, not followed; folders
    /// that
    /// their owner had made read-only are opened first.
    void remove() throws IOException {
        remove(data);
        remove(runtime);
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isWritable(path) || !Files.isExecutable(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            try (var children = Files.newDirectoryStream(path)) {
                for (var child : children) {
                    remove(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
