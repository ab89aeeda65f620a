package io.orchflow.orchestration.conversation;

/// Fired when a message waits for its answer, after the commit.
record AnswerWanted(String messageId) {}
