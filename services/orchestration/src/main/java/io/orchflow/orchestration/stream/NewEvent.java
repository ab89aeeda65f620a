package io.orchflow.orchestration.stream;

import org.jspecify.annotations.Nullable;

/// An event to be logged.
///
/// @param conversationId readers of that conversation see it
/// @param swarmId readers of that swarm see it
/// @param type as in the API, e.g. `message`
/// @param data what becomes its JSON
public record NewEvent(
        String workspaceId,
        @Nullable String conversationId,
        @Nullable String swarmId,
        String type,
        Object data) {}
