package io.orchflow.orchestration.stream;

import org.jspecify.annotations.Nullable;

/// An event as it stands in the log.
///
/// @param number from 1, in the order of commits within its workspace
/// @param data JSON
public record LoggedEvent(
        long number,
        @Nullable String conversationId,
        @Nullable String swarmId,
        String type,
        String data) {}
