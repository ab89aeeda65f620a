package io.orchflow.orchestration.conversation;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.orchestration.ConversationStarted;
import io.orchflow.events.orchestration.IntentDetected;
import io.orchflow.events.orchestration.MessagePosted;
import io.orchflow.events.orchestration.PlanProposed;
import io.orchflow.orchestration.plan.Intent;
import io.orchflow.orchestration.plan.StoredPlan;
import org.jspecify.annotations.Nullable;

/// Facts of the conversation topic. They hold ids, never what was said.
final class ConversationFacts {

    private ConversationFacts() {}

    static ConversationStarted started(Conversation conversation, @Nullable String correlationId) {
        var fact = new ConversationStarted();
        fact.setConversationId(conversation.id());
        return Facts.stamp(
                fact,
                Envelope.ofUser(
                        conversation.startedBy(),
                        conversation.teamId(),
                        conversation.workspaceId(),
                        correlationId));
    }

    static MessagePosted asked(
            Conversation in, Message message, String userId, @Nullable String correlationId) {
        return Facts.stamp(
                posted(message),
                Envelope.ofUser(userId, in.teamId(), in.workspaceId(), correlationId));
    }

    static MessagePosted answered(Due due, Message answer) {
        return Facts.stamp(posted(answer), assistant(due));
    }

    private static MessagePosted posted(Message message) {
        var fact = new MessagePosted();
        fact.setConversationId(message.conversationId());
        fact.setMessageId(message.id());
        fact.setAuthor(message.author().word());
        return fact;
    }

    static IntentDetected detected(Due due, Intent intent) {
        var fact = new IntentDetected();
        fact.setConversationId(due.conversation().id());
        fact.setMessageId(due.asked().id());
        fact.setIntent(intent.name());
        fact.setConfidence(intent.confidence());
        return Facts.stamp(fact, assistant(due));
    }

    static PlanProposed proposed(Due due, StoredPlan stored, String sha256) {
        var plan = stored.plan();
        var fact = new PlanProposed();
        fact.setConversationId(due.conversation().id());
        fact.setPlanId(stored.id());
        fact.setSource(plan.source().word());
        fact.setConfidence(plan.confidence());
        fact.setTopology(plan.topology().word());
        fact.setTaskCount(plan.tasks().size());
        fact.setPlanSha256(sha256);
        return Facts.stamp(fact, assistant(due));
    }

    private static Envelope assistant(Due due) {
        return new Envelope(
                due.conversation().teamId(),
                due.conversation().workspaceId(),
                new Actor(ActorKind.SYSTEM, "orchestration"),
                due.correlationId(),
                due.asked().id());
    }
}
