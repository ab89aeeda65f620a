package io.orchflow.orchestration.conversation;

import org.jspecify.annotations.Nullable;

/// A message that this node has to answer.
///
/// @param answerId the answer's id, the same in every try
/// @param local whether the local planner has to answer
/// @param tries from 1
record Due(
        Message asked,
        Conversation conversation,
        String answerId,
        String askedBy,
        boolean local,
        @Nullable String correlationId,
        int tries,
        String owner) {}
