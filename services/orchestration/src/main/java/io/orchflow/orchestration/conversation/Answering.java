package io.orchflow.orchestration.conversation;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.plan.Intent;
import io.orchflow.orchestration.plan.Plan;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.plan.PlanResource;
import io.orchflow.orchestration.plan.PlanState;
import io.orchflow.orchestration.plan.Planner;
import io.orchflow.orchestration.plan.PlanningContext;
import io.orchflow.orchestration.plan.Proposal;
import io.orchflow.orchestration.plan.StoredPlan;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.outbox.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes one answer: asks the planner, streams its words, then writes message, plan, events and
/// facts down together.
@Singleton
class Answering {
    private static final Logger LOG = Logger.getLogger(Answering.class);
    private static final int EARLIER = 20;
    private static final int MOST_TRIES = 3;
    private static final int PIECE = 80;

    private final Transactions transactions;
    private final ConversationRepository conversations;
    private final PlanRepository plans;
    private final Planner planner;
    private final Workspaces workspaces;
    private final Publishing publishing;
    private final Clock clock = Clock.systemUTC();

    /// Where answers become visible.
    @Singleton
    record Publishing(EventLog log, EventHub hub) {}

    Answering(
            Transactions transactions,
            ConversationRepository conversations,
            PlanRepository plans,
            Planner planner,
            Workspaces workspaces,
            Publishing publishing) {
        this.transactions = transactions;
        this.conversations = conversations;
        this.plans = plans;
        this.planner = planner;
        this.workspaces = workspaces;
        this.publishing = publishing;
    }

    void answer(Due due) {
        var proposal = propose(due);
        stream(due, proposal.text());
        finish(due, proposal);
    }

    private Proposal propose(Due due) {
        try {
            var workspaceId = due.conversation().workspaceId();
            var earlier =
                    transactions.read(tx -> conversations.before(tx, due.asked(), EARLIER)).stream()
                            .map(Answering::turn)
                            .toList();
            var context =
                    new PlanningContext(
                            workspaceId, earlier, workspaces.files(workspaceId), asker(due));
            return planner.propose(due.asked().text(), context);
        } catch (RuntimeException e) {
            if (due.tries() < MOST_TRIES) {
                throw e;
            }
            LOG.errorf(e, "Message could not be answered messageId=%s", due.asked().id());
            return new Proposal.NoFit(
                    new Intent("unknown", 0),
                    "Something went wrong while I read that. Please send it again.",
                    List.of());
        }
    }

    private static PlanningContext.@Nullable Asker asker(Due due) {
        return due.local()
                ? null
                : new PlanningContext.Asker(
                        due.conversation().teamId(),
                        due.conversation().workspaceId(),
                        due.askedBy(),
                        due.conversation().id(),
                        due.correlationId());
    }

    private static PlanningContext.Turn turn(Message message) {
        return switch (message.author()) {
            case USER -> new PlanningContext.Turn(PlanningContext.Author.USER, message.text());
            case ASSISTANT ->
                    new PlanningContext.Turn(PlanningContext.Author.ASSISTANT, message.text());
        };
    }

    private void stream(Due due, String text) {
        int offset = 0;
        for (var piece : pieces(text)) {
            var data = Map.of("messageId", due.answerId(), "text", piece, "offset", offset);
            transactions.inTransaction(
                    tx -> {
                        publishing.log().append(tx, List.of(event(due, "delta", data)));
                        return true;
                    });
            publishing.hub().ring(due.conversation().workspaceId());
            offset += piece.length();
        }
    }

    /// Pieces of about 80 characters, cut behind spaces.
    static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            if (to < text.length()) {
                int space = text.lastIndexOf(' ', to);
                to = space > from ? space + 1 : to;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private void finish(Due due, Proposal proposal) {
        var plan = proposal instanceof Proposal.Planned planned ? store(due, planned.plan()) : null;
        var answer =
                new Message(
                        due.answerId(),
                        due.conversation().id(),
                        Message.Author.ASSISTANT,
                        proposal.text(),
                        plan == null ? null : plan.id(),
                        options(proposal),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var written = transactions.inTransaction(tx -> write(tx, due, proposal, plan, answer));
        if (written) {
            publishing.hub().ring(due.conversation().workspaceId());
        }
    }

    private boolean write(
            io.orchflow.outbox.Tx tx,
            Due due,
            Proposal proposal,
            @Nullable StoredPlan plan,
            Message answer) {
        if (!conversations.answered(tx, due)) {
            return false;
        }
        var conversationId = due.conversation().id();
        var events = new ArrayList<NewEvent>();
        if (plan != null) {
            plans.insert(tx, plan);
        }
        conversations.insert(tx, answer);
        conversations.forgetDeltas(tx, conversationId);
        events.add(event(due, "message", MessageView.of(answer)));
        tx.publish(conversationId, ConversationFacts.detected(due, proposal.intent()));
        if (plan != null) {
            events.add(PlanResource.changed(plan));
            var sha256 = plans.digest(plan.plan());
            tx.publish(conversationId, ConversationFacts.proposed(due, plan, sha256));
        }
        tx.publish(conversationId, ConversationFacts.answered(due, answer));
        publishing.log().append(tx, events);
        conversations.heard(tx, answer);
        return true;
    }

    private static StoredPlan store(Due due, Plan plan) {
        return new StoredPlan(
                Ids.next(),
                due.conversation().id(),
                due.conversation().teamId(),
                due.conversation().workspaceId(),
                plan,
                new PlanState.Draft(),
                due.asked().text(),
                1);
    }

    private static List<String> options(Proposal proposal) {
        return switch (proposal) {
            case Proposal.Question(var _, var _, var options) -> options;
            case Proposal.NoFit(var _, var _, var suggestions) -> suggestions;
            case Proposal.Planned _, Proposal.SmallTalk _ -> List.of();
        };
    }

    private static NewEvent event(Due due, String type, Object data) {
        return new NewEvent(
                due.conversation().workspaceId(), due.conversation().id(), null, type, data);
    }
}
