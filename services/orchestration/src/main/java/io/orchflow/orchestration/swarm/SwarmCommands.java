package io.orchflow.orchestration.swarm;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.Permission;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.orchestration.AgentMessageSent;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Correlation;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What people may ask of a swarm. Each is written down in one transaction; the swarm's worker
/// brings it about.
@Singleton
public class SwarmCommands {
    private final Transactions transactions;
    private final SwarmRepository swarms;
    private final EventHub hub;
    private final Event<SwarmCommanded> commanded;

    SwarmCommands(
            Transactions transactions,
            SwarmRepository swarms,
            EventHub hub,
            Event<SwarmCommanded> commanded) {
        this.transactions = transactions;
        this.swarms = swarms;
        this.hub = hub;
        this.commanded = commanded;
    }

    /// @throws ProblemException 404 unknown or another team's, 403, 409 not legal now
    void ask(String swarmId, Caller caller, UnaryOperator<Swarm> command) {
        var after =
                transactions.inTransaction(
                        tx -> {
                            var before = allowed(tx, swarmId, caller);
                            return swarms.write(tx, before, legal(before, command));
                        });
        announce(after);
    }

    /// Sends a message to one agent, or to all that work now and those that start later.
    ///
    /// @return its id
    String tell(String swarmId, @Nullable String agentId, String text, Caller caller) {
        var messageId = Ids.next();
        var after =
                transactions.inTransaction(
                        tx -> {
                            var before = allowed(tx, swarmId, caller);
                            var receivers = receivers(before, agentId);
                            keep(tx, messageId, before, agentId, text, caller);
                            for (var agent : receivers) {
                                tx.update(
                                        """
                                        insert into message_delivery (message_id, agent_id, swarm_id)
                                        values ($1, $2, $3)
                                        """,
                                        messageId,
                                        agent.id(),
                                        swarmId);
                            }
                            var next = swarms.write(tx, before, before.commanded());
                            tx.publish(swarmId, sent(before, messageId, agentId, caller));
                            return next;
                        });
        announce(after);
        return messageId;
    }

    private static void keep(
            Tx tx,
            String messageId,
            Swarm swarm,
            @Nullable String agentId,
            String text,
            Caller caller) {
        tx.update(
                """
                insert into swarm_message (id, swarm_id, agent_id, text, from_user, from_name, sent_at)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                messageId,
                swarm.id(),
                agentId,
                text,
                caller.userId(),
                caller.displayName(),
                OffsetDateTime.now(ZoneOffset.UTC));
    }

    private static List<Agent> receivers(Swarm swarm, @Nullable String agentId) {
        if (swarm.state().ended()) {
            throw Problems.conflict(
                    "swarm-ended", "Swarm " + swarm.id() + " has ended: " + swarm.state().word());
        }
        if (agentId == null) {
            return swarm.agents().stream().filter(agent -> agent.state().live()).toList();
        }
        var agent = swarm.agent(agentId).orElseThrow(() -> Problems.notFound("agent", agentId));
        if (!agent.state().live()) {
            throw Problems.conflict(
                    "agent-ended",
                    "Agent " + agentId + " has ended: " + agent.state().word() + ".");
        }
        return List.of(agent);
    }

    private static AgentMessageSent sent(
            Swarm swarm, String messageId, @Nullable String agentId, Caller caller) {
        var fact = new AgentMessageSent();
        fact.setSwarmId(swarm.id());
        fact.setMessageId(messageId);
        fact.setAgentId(agentId);
        var origin = swarm.origin();
        return Facts.stamp(
                fact,
                Envelope.ofUser(
                        caller.userId(),
                        origin.teamId(),
                        origin.workspaceId(),
                        Correlation.current()));
    }

    private Swarm allowed(Tx tx, String swarmId, Caller caller) {
        var swarm = swarms.lock(tx, swarmId).orElseThrow(() -> missing(swarmId));
        allowed(swarm, caller, Permission.SWARM_CONTROL);
        return swarm;
    }

    /// @throws ProblemException 404 or 403
    static void allowed(Swarm swarm, Caller caller, Permission permission) {
        if (!caller.memberOf(swarm.origin().teamId())) {
            throw missing(swarm.id());
        }
        Access.require(caller, permission, swarm.origin().teamId());
    }

    static ProblemException missing(String swarmId) {
        return Problems.notFound("swarm", swarmId);
    }

    private static Swarm legal(Swarm before, UnaryOperator<Swarm> command) {
        try {
            return command.apply(before);
        } catch (IllegalStateException e) {
            throw Problems.conflict("wrong-state", sentence(e.getMessage()));
        }
    }

    private static String sentence(@Nullable String words) {
        var text = words == null || words.isEmpty() ? "not possible now" : words;
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private void announce(Swarm swarm) {
        hub.ring(swarm.origin().workspaceId());
        commanded.fire(new SwarmCommanded(swarm.id()));
    }
}
