package io.orchflow.orchestration.conversation;

import org.jspecify.annotations.Nullable;

/// A message that this node has to answer.
///
/// @param answerId the answer's id, the same in every try
/// @param tries from 1
record Due(
        Message asked,
        Conversation conversation,
        String answerId,
        String askedBy,
        @Nullable String correlationId,
        int tries,
        String owner) {}
