package io.orchflow.orchestration.conversation;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A message in the API.
///
/// @param options answers that the assistant offers, each a message that would be understood
public record MessageView(
        String id,
        String conversationId,
        @Schema(enumeration = {"user", "assistant"}) String author,
        String text,
        @Nullable String planId,
        @Nullable @Schema(description = "Answers that the assistant offers.") List<String> options,
        Instant createdAt) {

    static MessageView of(Message message) {
        return new MessageView(
                message.id(),
                message.conversationId(),
                message.author().word(),
                message.text(),
                message.planId(),
                message.options().isEmpty() ? null : message.options(),
                message.createdAt());
    }
}
