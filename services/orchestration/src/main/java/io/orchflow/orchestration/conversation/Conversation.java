package io.orchflow.orchestration.conversation;

import java.time.Instant;

/// What was said about one piece of work in a workspace.
public record Conversation(
        String id,
        String teamId,
        String workspaceId,
        String title,
        String startedBy,
        Instant createdAt) {}
