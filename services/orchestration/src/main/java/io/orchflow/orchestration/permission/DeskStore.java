package io.orchflow.orchestration.permission;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.orchestration.PermissionAsked;
import io.orchflow.events.orchestration.PermissionDecided;
import io.orchflow.orchestration.permission.ApprovalView.PersonView;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Problems;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Asks people, and takes their answers. What is decided, its event and its fact are one
/// transaction; an answer counts once.
@Singleton
public class DeskStore implements Desk {
    private static final double ALIVE_SECONDS = 20;
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_A_SIGN = 16;

    private final Transactions transactions;
    private final ApprovalRepository approvals;
    private final EventLog events;
    private final EventHub hub;

    DeskStore(
            Transactions transactions,
            ApprovalRepository approvals,
            EventLog events,
            EventHub hub) {
        this.transactions = transactions;
        this.approvals = approvals;
        this.events = events;
        this.hub = hub;
    }

    @Override
    public boolean permit(AgentCaller agent, Wanted wanted, BooleanSupplier waits)
            throws InterruptedException {
        var id = Ids.next();
        transactions.execute(
                tx -> {
                    var ask = new ApprovalRepository.Ask(agent, wanted);
                    var taskId = approvals.insert(tx, id, ask, ALIVE_SECONDS);
                    tx.publish(agent.swarmId(), asked(id, agent, taskId, wanted));
                    tell(tx, id);
                });
        hub.ring(agent.workspaceId());
        try {
            return answer(id, waits);
        } finally {
            gone(id, agent);
        }
    }

    private boolean answer(String id, BooleanSupplier waits) throws InterruptedException {
        for (int look = 1; waits.getAsBoolean(); look++) {
            var state = transactions.read(tx -> approvals.find(tx, id)).orElseThrow().state();
            if (!state.equals("OPEN")) {
                return state.equals("ALLOWED");
            }
            if (look % LOOKS_A_SIGN == 0) {
                transactions.execute(tx -> approvals.alive(tx, id, ALIVE_SECONDS));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    /// Nothing where it was answered.
    private void gone(String id, AgentCaller agent) {
        var closed =
                transactions.inTransaction(
                        tx -> {
                            var open = approvals.gone(tx, id);
                            if (open) {
                                tell(tx, id);
                            }
                            return open;
                        });
        if (closed) {
            hub.ring(agent.workspaceId());
        }
    }

    /// A person's answer.
    ///
    /// @throws io.orchflow.problem.ProblemException 409 nobody waits for it any more, or somebody
    ///     was quicker; 412 it is not what the person was shown
    ApprovalView decide(String id, DecisionBody decision, PersonView person) {
        var decided =
                transactions.inTransaction(
                        tx -> {
                            var found = approvals.find(tx, id).orElseThrow();
                            if (!found.digest().equals(decision.digest())) {
                                throw Problems.preconditionFailed(
                                        "Approval "
                                                + id
                                                + " is not what you were shown: look at it again.");
                            }
                            if (!approvals.decide(tx, id, decision.allows(), person)) {
                                var now = approvals.find(tx, id).orElseThrow();
                                throw Problems.conflict(
                                        "approval-closed",
                                        now.state().equals("GONE") || now.state().equals("OPEN")
                                                ? "The agent waits for an answer to "
                                                        + id
                                                        + " no more."
                                                : "Approval "
                                                        + id
                                                        + " was answered already: "
                                                        + now.state()
                                                        + ".");
                            }
                            var after = approvals.find(tx, id).orElseThrow();
                            var teamId = approvals.teamOf(tx, id).orElseThrow();
                            tx.publish(
                                    after.swarmId(),
                                    decided(after, teamId, person, approvals.correlation(tx, id)));
                            tell(tx, id);
                            return after;
                        });
        hub.ring(decided.workspaceId());
        return decided;
    }

    private void tell(Tx tx, String id) {
        var view = approvals.find(tx, id).orElseThrow();
        events.append(
                tx,
                List.of(new NewEvent(view.workspaceId(), null, view.swarmId(), "approval", view)));
    }

    private static PermissionAsked asked(
            String id, AgentCaller agent, String taskId, Wanted wanted) {
        var fact = new PermissionAsked();
        fact.setSwarmId(agent.swarmId());
        fact.setTaskId(taskId);
        fact.setAgentId(agent.agentId());
        fact.setApprovalId(id);
        fact.setKind(wanted.kind().word());
        fact.setDigest(wanted.digest());
        return Facts.stamp(
                fact,
                new Envelope(
                        agent.teamId(),
                        agent.workspaceId(),
                        new Actor(ActorKind.AGENT, agent.agentId()),
                        agent.correlationId(),
                        null));
    }

    private static PermissionDecided decided(
            ApprovalView view, String teamId, PersonView person, @Nullable String correlationId) {
        var fact = new PermissionDecided();
        fact.setSwarmId(view.swarmId());
        fact.setAgentId(view.agentId());
        fact.setApprovalId(view.id());
        fact.setAllowed(view.state().equals("ALLOWED"));
        fact.setDigest(view.digest());
        return Facts.stamp(
                fact, Envelope.ofUser(person.id(), teamId, view.workspaceId(), correlationId));
    }
}
