package io.orchflow.orchestration.permission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An agent that needs a person; answered by a message to it.
public record QuestionView(
        String workspaceId,
        String swarmId,
        @Nullable String swarmTitle,
        String taskId,
        String agentId,
        String role,
        String question,
        @Nullable Instant askedAt) {}
