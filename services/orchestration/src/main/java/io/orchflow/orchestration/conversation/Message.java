package io.orchflow.orchestration.conversation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of a conversation.
///
/// @param planId the plan that it proposes
/// @param options answers that it offers
public record Message(
        String id,
        String conversationId,
        Author author,
        String text,
        @Nullable String planId,
        List<String> options,
        Instant createdAt) {

    public Message {
        options = List.copyOf(options);
    }

    public enum Author {
        USER,
        ASSISTANT;

        /// As in the API: lower case.
        public String word() {
            return switch (this) {
                case USER -> "user";
                case ASSISTANT -> "assistant";
            };
        }
    }
}
