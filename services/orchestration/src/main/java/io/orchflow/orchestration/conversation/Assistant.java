package io.orchflow.orchestration.conversation;

import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.orchestration.MessagePosted;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.outbox.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the assistant say something of its own accord, e.g. how a swarm ended.
@Singleton
public class Assistant {
    private final ConversationRepository conversations;
    private final EventLog events;

    Assistant(ConversationRepository conversations, EventLog events) {
        this.conversations = conversations;
        this.events = events;
    }

    /// Part of the transaction.
    public void say(
            Tx tx,
            String conversationId,
            String text,
            Instant now,
            @Nullable String correlationId) {
        var conversation = conversations.find(tx, conversationId).orElseThrow();
        var message =
                new Message(
                        Ids.next(),
                        conversationId,
                        Message.Author.ASSISTANT,
                        text,
                        null,
                        List.of(),
                        now.truncatedTo(ChronoUnit.MILLIS));
        conversations.insert(tx, message);
        events.append(
                tx,
                List.of(
                        new NewEvent(
                                conversation.workspaceId(),
                                conversationId,
                                null,
                                "message",
                                MessageView.of(message))));
        conversations.heard(tx, message);
        tx.publish(conversationId, fact(conversation, message, correlationId));
    }

    private static MessagePosted fact(
            Conversation in, Message message, @Nullable String correlationId) {
        var fact = new MessagePosted();
        fact.setConversationId(in.id());
        fact.setMessageId(message.id());
        fact.setAuthor(message.author().word());
        var system = Envelope.ofSystem("orchestration", in.teamId(), in.workspaceId());
        return Facts.stamp(
                fact,
                new Envelope(in.teamId(), in.workspaceId(), system.actor(), correlationId, null));
    }
}
