package io.orchflow.workspaces.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A workspace as clients see it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkspaceView(
        String id,
        String name,
        String teamId,
        Status state,
        @Nullable @Schema(description = "Why it failed.") String reason,
        @Schema(enumeration = {"none", "namespaces", "container", "kubernetes"}) String isolation,
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
    record SourceView(
            @Nullable
                    @Schema(
                            description = "https, http, git or ssh; without a credential.",
                            maxLength = 2000)
                    String gitUrl) {}

    /// The body of `POST /api/workspaces`.
    record NewWorkspaceView(
            @Nullable @Schema(required = true, minLength = 1, maxLength = 100) String name,
            @Nullable @Schema(description = "The caller's personal team where it is absent.")
                    String teamId,
            @Nullable SourceView source) {}

    /// The body of `GET /api/workspaces/{id}/usage`.
    record UsageView(
            @Schema(description = "Cores in use, as a mean of the last moment.") double cpuCores,
            long memoryBytes,
            long diskBytes,
            int processes) {}
}
