package io.orchflow.workspace.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where an agent listens, as it wrote it down itself (`endpoint.json`).
///
/// @param epoch of the agent process; larger is newer
record WorkspaceEndpoint(String workspaceId, int port, long epoch) {
    private static final Pattern ID = Pattern.compile("[0-9a-zA-Z-]{1,64}");

    /// @return empty where there is none (yet), or the id cannot be one
    static Optional<WorkspaceEndpoint> read(Path runtime, String workspaceId) {
        if (!ID.matcher(workspaceId).matches()) {
            return Optional.empty();
        }
        Path file = runtime.resolve("ws").resolve(workspaceId).resolve("endpoint.json");
        try {
            var json = new JsonObject(Files.readString(file));
            return Optional.of(
                    new WorkspaceEndpoint(
                            workspaceId, json.getInteger("port"), json.getLong("epoch")));
        } catch (IOException | DecodeException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
