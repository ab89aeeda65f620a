package io.orchflow.workspaces.workspace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One team's place to work in: its files, its panes and the agent that owns them.
///
/// @param gitUrl what its first start clones; absent for an empty one
/// @param correlationId of the request that it follows now
/// @param version grows by one with every change of its life
public record Workspace(
        String id,
        String teamId,
        String name,
        @Nullable String gitUrl,
        String createdBy,
        Instant createdAt,
        String correlationId,
        Life life,
        long version) {

    /// A new one, which nothing exists of yet.
    public static Workspace request(
            String id,
            String teamId,
            String name,
            @Nullable String gitUrl,
            String createdBy,
            Instant now,
            String correlationId) {
        return new Workspace(
                id,
                teamId,
                name,
                gitUrl,
                createdBy,
                now,
                correlationId,
                new Life.Requested(now),
                1);
    }

    /// The same one, further on in its life.
    public Workspace with(Life next) {
        return with(next, correlationId);
    }

    /// The same one, further on in its life because of another request.
    public Workspace with(Life next, String correlationId) {
        return new Workspace(
                id, teamId, name, gitUrl, createdBy, createdAt, correlationId, next, version + 1);
    }
}
