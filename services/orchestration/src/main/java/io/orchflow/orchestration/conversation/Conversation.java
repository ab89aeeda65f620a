package io.orchflow.orchestration.conversation;

import java.time.Instant;

/// What was said about one piece of work in a workspace.
///
/// @param titled false as long as the title is a stand-in, for which the first message is waited
/// @param updatedAt when something was said last
public record Conversation(
        String id,
        String teamId,
        String workspaceId,
        String title,
        boolean titled,
        String startedBy,
        Instant createdAt,
        Instant updatedAt) {}
