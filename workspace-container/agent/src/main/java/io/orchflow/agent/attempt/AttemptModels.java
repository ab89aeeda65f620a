package io.orchflow.agent.attempt;

import io.orchflow.agent.model.ModelDoors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// The doors of attempts that use a model: open from the launch to the end of the pane, also over
/// restarts of the agent.
record AttemptModels(ModelDoors doors) {

    /// The same in every sandbox: each has a network of its own.
    private static final int PORT = 4100;

    void open(String agentId, String swarmId, Path run) throws IOException {
        // The system's own folder has the shortest path; nobody else may look into this one.
        Path folder = Files.createTempDirectory("orchflow");
        try {
            doors.open(agentId, swarmId, run, folder.resolve("r"));
        } finally {
            Files.delete(folder);
        }
    }

    /// The socket in its folder says whether the attempt had a door.
    void reopen(String agentId, String swarmId, Path run) throws IOException {
        if (Files.exists(run.resolve(ModelDoors.SOCKET))) {
            open(agentId, swarmId, run);
        }
    }

    void close(String agentId, Path run) throws IOException {
        doors.close(agentId);
        Files.deleteIfExists(run.resolve(ModelDoors.SOCKET));
    }

    /// Where all share the host's network, whichever is free now.
    static int port(boolean isolated) throws IOException {
        if (isolated) {
            return PORT;
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
