package io.orchflow.orchestration.swarm;

import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.conversation.Assistant;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Task;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Swarms in PostgreSQL. Every step locks the swarm's row, so steps of one swarm follow each other;
/// its events and facts are told in the same transaction.
@Singleton
public class SwarmRepository implements SwarmStore {
    private final Transactions transactions;
    private final PlanRepository plans;
    private final EventLog events;
    private final EventHub hub;
    private final Assistant assistant;
    private final @Nullable String platformRun;
    private final Clock clock = Clock.systemUTC();

    SwarmRepository(
            Transactions transactions,
            PlanRepository plans,
            EventLog events,
            EventHub hub,
            Assistant assistant,
            SwarmConfig config) {
        this.transactions = transactions;
        this.plans = plans;
        this.events = events;
        this.hub = hub;
        this.assistant = assistant;
        this.platformRun = config.platformRun().orElse(null);
    }

    // ------------------------------------------------------------------------------ leases

    @Override
    public List<Lease> claim(String owner, int most, Duration length) {
        return transactions.inTransaction(
                tx -> {
                    var leases = new ArrayList<Lease>();
                    var free =
                            tx.query(
                                    """
                                    select id, platform_run from swarm
                                    where attention and (lease_until is null or lease_until < now())
                                    order by lease_until nulls first limit $1
                                    for update skip locked
                                    """,
                                    most);
                    for (var row : free) {
                        leases.add(take(tx, row, owner, length));
                    }
                    return leases;
                });
    }

    private Lease take(Tx tx, Row free, String owner, Duration length) {
        var taken =
                tx.one(
                                """
                                update swarm set lease_owner = $2, lease_epoch = lease_epoch + 1, platform_run = $4,
                                       lease_until = now() + $3 * interval '1 millisecond'
                                where id = $1 returning workspace_id, lease_epoch
                                """,
                                free.getString("id"),
                                owner,
                                (double) length.toMillis(),
                                platformRun)
                        .orElseThrow();
        var before = free.getString("platform_run");
        var restarted = before != null && platformRun != null && !platformRun.equals(before);
        return new Lease(
                free.getString("id"),
                taken.getString("workspace_id"),
                owner,
                taken.getLong("lease_epoch"),
                restarted);
    }

    @Override
    public Set<String> renew(List<Lease> leases, Duration length) {
        return transactions.inTransaction(
                tx -> {
                    var held = new HashSet<String>();
                    tx.query(
                                    """
                                    update swarm s set lease_until = now() + $3 * interval '1 millisecond'
                                    from unnest($1::text[], $2::bigint[]) as l (id, epoch)
                                    where s.id = l.id and s.lease_epoch = l.epoch and s.lease_owner is not null
                                    returning s.id
                                    """,
                                    leases.stream().map(Lease::swarmId).toArray(String[]::new),
                                    leases.stream().map(Lease::epoch).toArray(Long[]::new),
                                    (double) length.toMillis())
                            .forEach(row -> held.add(row.getString("id")));
                    return held;
                });
    }

    @Override
    public boolean release(Lease lease, long commands) {
        return transactions.inTransaction(
                tx -> {
                    hold(tx, lease);
                    return tx.update(
                                    """
                                    update swarm set attention = false, lease_owner = null, lease_until = null,
                                           platform_run = null
                                    where id = $1 and commands = $2
                                    """,
                                    lease.swarmId(),
                                    commands)
                            == 1;
                });
    }

    @Override
    public void handOver(Lease lease) {
        transactions.inTransaction(
                tx ->
                        tx.update(
                                """
                                update swarm set lease_owner = null, lease_until = null
                                where id = $1 and lease_epoch = $2
                                """,
                                lease.swarmId(),
                                lease.epoch()));
    }

    private static void hold(Tx tx, Lease lease) {
        var held =
                tx.update(
                        """
                        select id from swarm
                        where id = $1 and lease_epoch = $2 and lease_owner is not null for update
                        """,
                        lease.swarmId(),
                        lease.epoch());
        if (held != 1) {
            throw new LeaseLost(lease);
        }
    }

    // ------------------------------------------------------------------------------ swarms

    @Override
    public Optional<Swarm> find(String swarmId) {
        return transactions.inTransaction(
                tx -> {
                    consistently(tx);
                    return load(tx, swarmId);
                });
    }

    /// All statements of this transaction see the same moment.
    static void consistently(Tx tx) {
        tx.update("set transaction isolation level repeatable read read only");
    }

    @Override
    public Swarm change(Lease lease, UnaryOperator<Swarm> step) {
        var after =
                transactions.inTransaction(
                        tx -> {
                            hold(tx, lease);
                            var before = load(tx, lease.swarmId()).orElseThrow();
                            return write(tx, before, step.apply(before));
                        });
        hub.ring(lease.workspaceId());
        return after;
    }

    /// A new swarm, as part of the transaction.
    public void insert(Tx tx, Swarm swarm) {
        SwarmWrites.insert(tx, swarm, plans);
    }

    /// Locks a swarm until the transaction ends.
    public Optional<Swarm> lock(Tx tx, String swarmId) {
        return tx.one("select id from swarm where id = $1 for update", swarmId)
                .flatMap(_ -> load(tx, swarmId));
    }

    /// Writes a step of a locked swarm, its events and its facts.
    Swarm write(Tx tx, Swarm before, Swarm step) {
        if (step.equals(before)) {
            return step;
        }
        var after = step.steppedFrom(before, clock.instant());
        SwarmWrites.update(tx, before, after);
        var news = SwarmNews.of(before, after, clock.instant());
        events.append(tx, news.events());
        var conversationId = after.origin().conversationId();
        if (after.state().ended() && !before.state().ended() && conversationId != null) {
            var correlationId = after.origin().correlationId();
            var story = SwarmStory.of(after);
            assistant.say(tx, conversationId, story, clock.instant(), correlationId);
        }
        news.facts().forEach(fact -> tx.publish(after.id(), fact));
        return after;
    }

    List<Swarm> inWorkspace(Tx tx, String workspaceId, int limit, @Nullable String after) {
        var swarms = new ArrayList<Swarm>();
        tx.query(
                        "select id from swarm where workspace_id = $1 and id > $2 order by id limit $3",
                        workspaceId,
                        after == null ? "" : after,
                        limit)
                .forEach(row -> load(tx, row.getString("id")).ifPresent(swarms::add));
        return swarms;
    }

    Optional<Swarm> load(Tx tx, String swarmId) {
        return tx.one("select * from swarm where id = $1", swarmId)
                .map(
                        row -> {
                            var agents = agents(tx, swarmId);
                            return SwarmRows.swarm(row, tasks(tx, swarmId, agents), agents);
                        });
    }

    private static List<Agent> agents(Tx tx, String swarmId) {
        var agents = new ArrayList<Agent>();
        tx.query("select * from agent where swarm_id = $1 order by id", swarmId)
                .forEach(row -> agents.add(SwarmRows.agent(row)));
        return agents;
    }

    private List<Task> tasks(Tx tx, String swarmId, List<Agent> agents) {
        var latest = new HashMap<String, String>();
        agents.forEach(agent -> latest.put(agent.taskId(), agent.id()));
        var evidence = evidence(tx, latest.values().toArray(String[]::new));
        var tasks = new ArrayList<Task>();
        tx.query(
                        """
                        select *, planned::text as planned_text from task where swarm_id = $1 order by position
                        """,
                        swarmId)
                .forEach(
                        row ->
                                tasks.add(
                                        SwarmRows.task(
                                                row,
                                                evidence.getOrDefault(
                                                        row.getString("id"), List.of()),
                                                plans)));
        return tasks;
    }

    private static Map<String, List<Evidence>> evidence(Tx tx, String[] agentIds) {
        var evidence = new HashMap<String, List<Evidence>>();
        tx.query("select * from evidence where agent_id = any($1) order by id", (Object) agentIds)
                .forEach(
                        row ->
                                evidence.computeIfAbsent(
                                                row.getString("task_id"), _ -> new ArrayList<>())
                                        .add(SwarmRows.evidence(row)));
        return evidence;
    }

    // ------------------------------------------------------------------------------ evidence and
    // messages

    @Override
    public void keepOutput(
            Lease lease, String evidenceId, byte[] output, byte @Nullable [] baseline) {
        transactions.inTransaction(
                tx -> {
                    hold(tx, lease);
                    return tx.update(
                            "insert into check_output (evidence_id, swarm_id, output, baseline) values ($1, $2, $3, $4)",
                            evidenceId,
                            lease.swarmId(),
                            Buffer.buffer(output),
                            baseline == null ? null : Buffer.buffer(baseline));
                });
    }

    /// What a check put out; empty where there is no such evidence.
    Optional<byte[]> output(String swarmId, String evidenceId) {
        return output(
                """
                select output from check_output o join evidence e on e.id = o.evidence_id
                where o.evidence_id = $1 and o.swarm_id = $2
                """,
                swarmId,
                evidenceId);
    }

    /// What a check put out on the base; empty where it did not run there or nothing was kept.
    Optional<byte[]> baselineOutput(String swarmId, String evidenceId) {
        return output(
                """
                select baseline as output from check_output o join evidence e on e.id = o.evidence_id
                where o.evidence_id = $1 and o.swarm_id = $2 and baseline is not null
                """,
                swarmId,
                evidenceId);
    }

    private Optional<byte[]> output(String sql, String swarmId, String evidenceId) {
        return transactions.read(
                tx ->
                        tx.one(sql, evidenceId, swarmId)
                                .map(row -> row.getBuffer("output").getBytes()));
    }

    @Override
    public void foresee(Lease lease, List<ExpectedConflict> expected) {
        var conflicts = expected.stream().map(ConflictView::of).toList();
        var told =
                transactions.inTransaction(
                        tx -> {
                            hold(tx, lease);
                            if (ForecastRepository.of(tx, lease.swarmId()).equals(conflicts)) {
                                return false;
                            }
                            ForecastRepository.put(tx, lease.swarmId(), conflicts);
                            events.append(tx, List.of(ForecastRepository.event(lease, conflicts)));
                            return true;
                        });
        if (told) {
            hub.ring(lease.workspaceId());
        }
    }

    @Override
    public Caps caps(String swarmId) {
        return transactions.read(
                tx ->
                        tx.one(
                                        "select minutes, agents from budget_limit where scope = 'swarm' and id = $1",
                                        swarmId)
                                .map(row -> new Caps(row.getLong("minutes"), row.getLong("agents")))
                                .orElse(Caps.NONE));
    }

    @Override
    public List<OutgoingMessage> undelivered(Lease lease) {
        return messages(
                """
                select m.*, d.agent_id as to_agent from message_delivery d
                join swarm_message m on m.id = d.message_id join agent a on a.id = d.agent_id
                where d.swarm_id = $1 and a.state <> 'STARTING' order by m.id
                """,
                lease.swarmId());
    }

    @Override
    public void delivered(Lease lease, OutgoingMessage message) {
        transactions.inTransaction(
                tx -> {
                    hold(tx, lease);
                    return tx.update(
                            "delete from message_delivery where message_id = $1 and agent_id = $2",
                            message.messageId(),
                            message.agentId());
                });
    }

    @Override
    public List<OutgoingMessage> told(String swarmId) {
        return messages(
                """
                select *, agent_id as to_agent from swarm_message
                where swarm_id = $1 and agent_id is null order by id limit 100
                """,
                swarmId);
    }

    private List<OutgoingMessage> messages(String sql, String swarmId) {
        return transactions.read(
                tx -> {
                    var found = new ArrayList<OutgoingMessage>();
                    tx.query(sql, swarmId).forEach(row -> found.add(SwarmRows.message(row)));
                    return found;
                });
    }
}
