package io.orchflow.orchestration.mail;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.plan.Topology;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmRepository;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages of agents, and who has read them. Calls block; any thread but an event loop.
@Singleton
public class MailStore {
    private static final int MOST_READ = 20;

    /// What became of a message.
    sealed interface Sent {
        /// @param receivers tasks it waits for; 0: it is for people
        record Kept(int receivers) implements Sent {}

        /// @param why for the sender
        record No(String why) implements Sent {}
    }

    private record Letter(
            String id,
            Agent from,
            String toKind,
            @Nullable String toAgent,
            @Nullable String toRole,
            String text) {}

    private final Transactions transactions;
    private final SwarmRepository swarms;
    private final EventLog events;
    private final EventHub hub;
    private final Clock clock = Clock.systemUTC();

    MailStore(Transactions transactions, SwarmRepository swarms, EventLog events, EventHub hub) {
        this.transactions = transactions;
        this.swarms = swarms;
        this.events = events;
        this.hub = hub;
    }

    /// @param to `all`, `people`, or the id of an agent, the id of a task, or a role
    Sent send(AgentCaller sender, String to, String text) {
        var sent =
                transactions.inTransaction(
                        tx -> {
                            var swarm = swarms.lock(tx, sender.swarmId());
                            var from = swarm.flatMap(one -> one.agent(sender.agentId()));
                            return from.isEmpty()
                                    ? new Sent.No("You are no agent of a swarm any more.")
                                    : send(tx, swarm.get(), from.get(), to, text);
                        });
        hub.ring(sender.workspaceId());
        return sent;
    }

    private Sent send(Tx tx, Swarm swarm, Agent from, String to, String text) {
        var ofAttempt = count(tx, "select count(*) from mail where from_agent = $1", from.id());
        var spent = LoopBreaker.USUAL.refusal(0, ofAttempt);
        if (spent.isPresent()) {
            return refused(
                    tx,
                    swarm,
                    new Letter(Ids.next(), from, "people", null, null, text),
                    spent.get(),
                    ofAttempt);
        }
        if (to.equals(Receivers.PEOPLE)) {
            keep(
                    tx,
                    swarm,
                    new Letter(Ids.next(), from, "people", null, null, text),
                    List.of(),
                    null);
            return new Sent.Kept(0);
        }
        var meant = Receivers.of(swarm, from.taskId(), to);
        if (meant.isEmpty()) {
            return new Sent.No(
                    "Nobody is there for "
                            + to
                            + " who has still work to do: read_plan says who is.");
        }
        var routes =
                new Routes(topology(tx, swarm), swarm.tasks().stream().map(Task::planned).toList());
        var reached = new ArrayList<Task>();
        String why = null;
        for (var task : meant) {
            var no = refusal(tx, swarm, routes, from.taskId(), task);
            if (no.isEmpty()) {
                reached.add(task);
            } else {
                why = no.get();
            }
        }
        if (reached.isEmpty()) {
            var letter = letter(swarm, from, to, meant, text);
            return refused(tx, swarm, letter, String.valueOf(why), ofAttempt);
        }
        keep(tx, swarm, letter(swarm, from, to, reached, text), reached, null);
        return new Sent.Kept(reached.size());
    }

    private static Letter letter(
            Swarm swarm, Agent from, String to, List<Task> receivers, String text) {
        if (to.equals(Receivers.ALL)) {
            return new Letter(Ids.next(), from, "all", null, null, text);
        }
        var task = receivers.getFirst();
        var agentId =
                swarm.agents().stream()
                        .filter(one -> one.taskId().equals(task.id()) && one.state().live())
                        .map(Agent::id)
                        .findFirst();
        return new Letter(
                Ids.next(), from, "agent", agentId.orElse(null), task.planned().role(), text);
    }

    private static Optional<String> refusal(
            Tx tx, Swarm swarm, Routes routes, String from, Task to) {
        if (!routes.open(from, to.id())) {
            return Optional.of(
                    "In this plan ("
                            + routes.topology().word()
                            + ") you may write to those whose tasks follow yours or come before it, which "
                            + to.id()
                            + " does not.");
        }
        var inPair =
                count(
                        tx,
                        """
                        select count(*) from mail m join mail_receipt r on r.mail_id = m.id
                        where m.swarm_id = $1
                          and ((m.from_task = $2 and r.task_id = $3) or (m.from_task = $3 and r.task_id = $2))
                          and m.sent_at > coalesce(greatest(
                              (select max(sent_at) from swarm_message where swarm_id = $1),
                              (select max(finished_at) from evidence where swarm_id = $1)), '-infinity')
                        """,
                        swarm.id(),
                        from,
                        to.id());
        return LoopBreaker.USUAL.refusal(inPair, 0);
    }

    private static int count(Tx tx, String sql, Object... arguments) {
        return tx.one(sql, arguments).orElseThrow().getLong(0).intValue();
    }

    private static Topology topology(Tx tx, Swarm swarm) {
        return tx.one("select topology from plan where id = $1", swarm.origin().planId())
                .flatMap(row -> Topology.of(row.getString("topology")))
                .orElse(Topology.HIERARCHICAL);
    }

    /// Kept for people to see, as often as an attempt may send at most, and once more.
    private Sent refused(Tx tx, Swarm swarm, Letter letter, String why, int ofAttempt) {
        if (ofAttempt <= LoopBreaker.USUAL.mostOfAttempt()) {
            keep(tx, swarm, letter, List.of(), why);
        }
        return new Sent.No(why);
    }

    private void keep(
            Tx tx, Swarm swarm, Letter letter, List<Task> receivers, @Nullable String refused) {
        tx.update(
                """
                insert into mail (id, swarm_id, from_agent, from_task, from_role, to_kind, to_agent, to_role, text,
                                  sent_at, refused)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                letter.id(),
                swarm.id(),
                letter.from().id(),
                letter.from().taskId(),
                letter.from().role(),
                letter.toKind(),
                letter.toAgent(),
                letter.toRole(),
                letter.text(),
                now(),
                refused);
        for (var task : receivers) {
            tx.update(
                    "insert into mail_receipt (mail_id, swarm_id, task_id) values ($1, $2, $3)",
                    letter.id(),
                    swarm.id(),
                    task.id());
        }
        tell(tx, swarm.origin().workspaceId(), swarm.id(), letter.id());
    }

    /// What waits for an agent's task, oldest first; it counts as read from now on.
    List<MailView> read(AgentCaller reader) {
        var read =
                transactions.inTransaction(
                        tx -> {
                            var swarm = swarms.lock(tx, reader.swarmId());
                            var agent = swarm.flatMap(one -> one.agent(reader.agentId()));
                            return agent.isEmpty()
                                    ? List.<MailView>of()
                                    : read(tx, reader, agent.get().taskId());
                        });
        hub.ring(reader.workspaceId());
        return read;
    }

    private List<MailView> read(Tx tx, AgentCaller reader, String taskId) {
        var read = new ArrayList<MailView>();
        var waiting =
                tx.query(
                        """
                        select mail_id from mail_receipt
                        where swarm_id = $1 and task_id = $2 and acknowledged_at is null order by mail_id limit $3
                        """,
                        reader.swarmId(),
                        taskId,
                        MOST_READ);
        for (var row : waiting) {
            var id = row.getString("mail_id");
            tx.update(
                    """
                    update mail_receipt set delivered_at = $3, acknowledged_at = $3
                    where mail_id = $1 and task_id = $2
                    """,
                    id,
                    taskId,
                    now());
            read.add(tell(tx, reader.workspaceId(), reader.swarmId(), id));
        }
        return read;
    }

    private MailView tell(Tx tx, String workspaceId, String swarmId, String mailId) {
        var mail = MailRows.one(tx, swarmId, mailId);
        events.append(tx, List.of(new NewEvent(workspaceId, null, swarmId, "mail", mail)));
        return mail;
    }

    /// Of agents and people, oldest first.
    List<MailView> list(String swarmId, int most, @Nullable String after) {
        return transactions.read(tx -> MailRows.list(tx, swarmId, most, after));
    }

    /// What a person has answered to an agent that waits; it does not come a second time.
    List<MailView> answers(AgentCaller asker, String since) {
        return transactions.inTransaction(
                tx -> {
                    var found = MailRows.said(tx, asker.swarmId(), asker.agentId(), since);
                    for (var one : found) {
                        tx.update(
                                "delete from message_delivery where message_id = $1 and agent_id = $2",
                                one.id(),
                                asker.agentId());
                    }
                    return found;
                });
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
