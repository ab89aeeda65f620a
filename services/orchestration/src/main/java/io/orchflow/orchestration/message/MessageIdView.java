package io.orchflow.orchestration.message;

/// Names a message that was taken.
public record MessageIdView(String messageId) {}
