package io.orchflow.orchestration.conversation;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Correlation;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Takes a person's message: it is kept, told to readers, and waits for its answer.
@Singleton
class Posting {
    private final Transactions transactions;
    private final ConversationRepository conversations;
    private final EventLog events;
    private final EventHub hub;
    private final Event<AnswerWanted> wanted;
    private final Clock clock = Clock.systemUTC();

    Posting(
            Transactions transactions,
            ConversationRepository conversations,
            EventLog events,
            EventHub hub,
            Event<AnswerWanted> wanted) {
        this.transactions = transactions;
        this.conversations = conversations;
        this.events = events;
        this.hub = hub;
        this.wanted = wanted;
    }

    /// @param local whether the local planner has to answer
    /// @return the message's id
    String post(Conversation conversation, String text, boolean local, String userId) {
        var message =
                new Message(
                        Ids.next(),
                        conversation.id(),
                        Message.Author.USER,
                        text,
                        null,
                        List.of(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var correlationId = Correlation.current();
        transactions.inTransaction(
                tx -> {
                    conversations.insert(tx, message);
                    conversations.due(tx, message, Ids.next(), local, userId, correlationId);
                    events.append(
                            tx,
                            List.of(
                                    new NewEvent(
                                            conversation.workspaceId(),
                                            conversation.id(),
                                            null,
                                            "message",
                                            MessageView.of(message))));
                    conversations.heard(tx, message);
                    var fact =
                            ConversationFacts.asked(conversation, message, userId, correlationId);
                    tx.publish(conversation.id(), fact);
                    return true;
                });
        hub.ring(conversation.workspaceId());
        wanted.fire(new AnswerWanted(message.id()));
        return message.id();
    }
}
