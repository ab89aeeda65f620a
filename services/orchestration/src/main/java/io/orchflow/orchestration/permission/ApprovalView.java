package io.orchflow.orchestration.permission;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What an agent asks, in the API and in events.
public record ApprovalView(
        String id,
        String workspaceId,
        String swarmId,
        String taskId,
        String agentId,
        @Schema(enumeration = {"command", "edit", "other"}) String kind,
        @Schema(description = "As the agent's program puts it: proves nothing.") String title,
        @Nullable @Schema(description = "Of a command.") List<String> argv,
        @Nullable @Schema(description = "Where; absent where it was not said.") String cwd,
        @Nullable @Schema(description = "Such as what would be written.") String detail,
        @Schema(description = "SHA-256 of all of the above that a person answers.") String digest,
        @Schema(
                        enumeration = {"OPEN", "ALLOWED", "DENIED", "GONE"},
                        description = "GONE: the agent waits no more.")
                String state,
        Instant askedAt,
        @Nullable Instant decidedAt,
        @Nullable PersonView decidedBy) {

    /// Who decided.
    public record PersonView(String id, @Nullable String name) {}
}
