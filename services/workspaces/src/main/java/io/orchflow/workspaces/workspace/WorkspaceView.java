package io.orchflow.workspaces.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A workspace as clients see it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkspaceView(
        String id,
        String name,
        String teamId,
        Status state,
        @Nullable String reason,
        String isolation,
        @Nullable SourceView source,
        Instant createdAt) {

    static WorkspaceView of(Workspace workspace) {
        return new WorkspaceView(
                workspace.id(),
                workspace.name(),
                workspace.teamId(),
                workspace.life().status(),
                workspace.life().reason(),
                workspace.life().isolation().word(),
                workspace.gitUrl() == null ? null : new SourceView(workspace.gitUrl()),
                workspace.createdAt());
    }

    /// What a new workspace is filled from.
    record SourceView(@Nullable String gitUrl) {}

    /// The body of `POST /api/workspaces`.
    record NewWorkspaceView(
            @Nullable String name, @Nullable String teamId, @Nullable SourceView source) {}

    /// The body of `GET /api/workspaces/{id}/usage`.
    record UsageView(double cpuCores, long memoryBytes, long diskBytes, int processes) {}
}
