package io.orchflow.orchestration.model;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.orchestration.ModelCallEnded;
import io.orchflow.events.orchestration.PlanningCallEnded;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Budgets and calls in PostgreSQL. A call locks the rows of its budgets, always in the same order,
/// so that no two calls can spend the same room.
@Singleton
public class SpendingStore implements Spending {
    /// How long a call counts as under way without a sign of its node.
    static final double ALIVE_SECONDS = 30;

    private static final String ROWS =
            """
            (team_id = $1 and ((scope = 'swarm' and id = $2 and period = '')
                 or (scope = 'team' and id = $1 and period = $3)
                 or (scope = 'user' and id = $4 and period = $3)))
            """;

    private final Transactions transactions;
    private final EventLog events;
    private final EventHub hub;
    private final Clock clock = Clock.systemUTC();
    private final String node = Ids.next();

    SpendingStore(Transactions transactions, EventLog events, EventHub hub) {
        this.transactions = transactions;
        this.events = events;
        this.hub = hub;
    }

    // ------------------------------------------------------------------------------ calls

    @Override
    public Ask.Verdict reserve(String callId, Payer payer, ModelChoice choice, Ask ask) {
        var period = YearMonth.now(clock.withZone(ZoneOffset.UTC)).toString();
        return transactions.inTransaction(
                tx -> {
                    var keys = keys(payer, period);
                    tx.update(
                            """
                            insert into budget (team_id, scope, id, period)
                            select $1, scope, id, period
                            from (values ('swarm', $2, ''), ('team', $1, $3), ('user', $4, $3))
                                 as b (scope, id, period)
                            where id is not null on conflict do nothing
                            """,
                            keys);
                    var verdict = ask.in(locked(tx, keys));
                    if (verdict instanceof Ask.Granted granted) {
                        change(tx, keys, Spend.NONE, granted.reserved());
                        insert(tx, callId, payer, choice, period, granted.reserved());
                    }
                    return verdict;
                });
    }

    private static @Nullable Object[] keys(Payer payer, String period) {
        return new @Nullable Object[] {payer.teamId(), payer.swarmId(), period, payer.userId()};
    }

    private static List<Budget> locked(Tx tx, @Nullable Object[] keys) {
        var budgets = new ArrayList<Budget>();
        tx.query(
                        "select scope, used_tokens, used_micros, reserved_tokens, reserved_micros, tokens, micros"
                                + " from budget left join budget_limit using (team_id, scope, id) where "
                                + ROWS
                                + " order by scope for update of budget",
                        keys)
                .forEach(row -> budgets.add(budget(row)));
        return budgets;
    }

    static Budget budget(Row row) {
        return new Budget(
                Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
                row.getLong("tokens"),
                row.getLong("micros"),
                new Spend(row.getLong("used_tokens"), row.getLong("used_micros")),
                new Spend(row.getLong("reserved_tokens"), row.getLong("reserved_micros")));
    }

    /// Of rows that are locked.
    private static void change(Tx tx, @Nullable Object[] keys, Spend used, Spend reserved) {
        tx.update(
                "update budget set used_tokens = used_tokens + $5, used_micros = used_micros + $6,"
                        + " reserved_tokens = reserved_tokens + $7, reserved_micros = reserved_micros + $8 where "
                        + ROWS,
                keys[0],
                keys[1],
                keys[2],
                keys[3],
                used.tokens(),
                used.micros(),
                reserved.tokens(),
                reserved.micros());
    }

    private void insert(
            Tx tx, String callId, Payer payer, ModelChoice choice, String period, Spend reserved) {
        var price = choice.model().price();
        tx.update(
                """
                insert into model_call (id, team_id, workspace_id, user_id, swarm_id, agent_id, conversation_id, period, provider, model,
                                        wire, price_in, price_cached, price_out, reserved_tokens, reserved_micros,
                                        node, alive_until, correlation_id)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                        now() + $18 * interval '1 second', $19)
                """,
                callId,
                payer.teamId(),
                payer.workspaceId(),
                payer.userId(),
                payer.swarmId(),
                payer.agentId(),
                payer.conversationId(),
                period,
                choice.provider().id(),
                choice.model().name(),
                choice.wire().word(),
                price.in(),
                price.cached(),
                price.out(),
                reserved.tokens(),
                reserved.micros(),
                node,
                ALIVE_SECONDS,
                payer.correlationId());
    }

    @Override
    public void settle(String callId, Outcome outcome, @Nullable Usage usage) {
        transactions
                .inTransaction(
                        tx ->
                                tx.one(
                                                "select * from model_call where id = $1 and ended_at is null for update",
                                                callId)
                                        .map(row -> settled(tx, row, outcome, usage)))
                .ifPresent(hub::ring);
    }

    /// @return the workspace it was in
    private String settled(Tx tx, Row call, Outcome outcome, @Nullable Usage usage) {
        var used = usage == null ? Usage.NONE : usage;
        var reserved = new Spend(call.getLong("reserved_tokens"), call.getLong("reserved_micros"));
        var spent =
                switch (outcome) {
                    case ANSWERED -> Spend.of(used, price(call));
                    case REFUSED -> Spend.NONE;
                    case UNKNOWN -> reserved;
                };
        var teamId = call.getString("team_id");
        var swarmId = call.getString("swarm_id");
        var keys =
                new @Nullable Object[] {
                    teamId, swarmId, call.getString("period"), call.getString("user_id")
                };
        locked(tx, keys);
        change(tx, keys, spent, new Spend(-reserved.tokens(), -reserved.micros()));
        var word = outcome.name().toLowerCase(Locale.ROOT);
        tx.update(
                """
                update model_call set ended_at = now(), outcome = $2, tokens_in = $3, tokens_cached = $4,
                       tokens_out = $5, micros = $6, tokens = $7
                where id = $1
                """,
                call.getString("id"),
                word,
                used.in(),
                used.cached(),
                used.out(),
                spent.micros(),
                spent.tokens());
        var workspaceId = call.getString("workspace_id");
        if (swarmId == null) {
            tx.publish(call.getString("conversation_id"), planning(call, used, spent, word));
        } else {
            tx.publish(swarmId, fact(call, used, spent, word));
            events.append(
                    tx,
                    List.of(
                            new NewEvent(
                                    workspaceId, null, swarmId, "usage", usageOf(tx, swarmId))));
        }
        return workspaceId;
    }

    private static Price price(Row call) {
        return new Price(
                call.getLong("price_in"), call.getLong("price_cached"), call.getLong("price_out"));
    }

    private static ModelCallEnded fact(Row call, Usage used, Spend spent, String outcome) {
        var fact = new ModelCallEnded();
        fact.setSwarmId(call.getString("swarm_id"));
        fact.setAgentId(call.getString("agent_id"));
        fact.setCallId(call.getString("id"));
        fact.setProviderId(call.getString("provider"));
        fact.setModel(call.getString("model"));
        fact.setWire(call.getString("wire"));
        fact.setTokensIn(used.in());
        fact.setTokensCached(used.cached());
        fact.setTokensOut(used.out());
        fact.setCostUsdMicros(spent.micros());
        fact.setOutcome(outcome);
        return Facts.stamp(
                fact,
                new Envelope(
                        call.getString("team_id"),
                        call.getString("workspace_id"),
                        new Actor(ActorKind.AGENT, call.getString("agent_id")),
                        call.getString("correlation_id"),
                        null));
    }

    private static PlanningCallEnded planning(Row call, Usage used, Spend spent, String outcome) {
        var fact = new PlanningCallEnded();
        fact.setConversationId(call.getString("conversation_id"));
        fact.setCallId(call.getString("id"));
        fact.setProviderId(call.getString("provider"));
        fact.setModel(call.getString("model"));
        fact.setWire(call.getString("wire"));
        fact.setTokensIn(used.in());
        fact.setTokensCached(used.cached());
        fact.setTokensOut(used.out());
        fact.setCostUsdMicros(spent.micros());
        fact.setOutcome(outcome);
        return Facts.stamp(
                fact,
                new Envelope(
                        call.getString("team_id"),
                        call.getString("workspace_id"),
                        new Actor(ActorKind.SYSTEM, "orchestration"),
                        call.getString("correlation_id"),
                        null));
    }

    // ------------------------------------------------------------------------------ nodes

    /// Says that this node lives, and settles the calls of nodes that do not any more: they may
    /// have cost all that was reserved for them.
    ///
    /// @return how many were settled
    int sweep() {
        transactions.execute(
                tx ->
                        tx.update(
                                """
                                update model_call set alive_until = now() + $2 * interval '1 second'
                                where node = $1 and ended_at is null
                                """,
                                node,
                                ALIVE_SECONDS));
        var lost = new ArrayList<String>();
        transactions
                .<Iterable<Row>>read(
                        tx ->
                                tx.query(
                                        "select id from model_call where ended_at is null and alive_until < now()"))
                .forEach(row -> lost.add(row.getString("id")));
        lost.forEach(id -> settle(id, Outcome.UNKNOWN, null));
        return lost.size();
    }

    // ------------------------------------------------------------------------------ looking

    /// What a swarm has used, and what it may spend.
    public UsageView usageOf(Tx tx, String swarmId) {
        var agents = new HashMap<String, UsageView.Count>();
        tx.query(
                        """
                        select agent_id, sum(tokens_in)::bigint as tokens_in, sum(tokens_out)::bigint as tokens_out,
                               sum(micros)::bigint as micros, bool_or(price_in + price_out > 0) as priced
                        from model_call where swarm_id = $1 and ended_at is not null group by agent_id
                        """,
                        swarmId)
                .forEach(row -> agents.put(row.getString("agent_id"), count(row)));
        var budget =
                tx.one(
                                """
                                select l.scope, l.tokens, l.micros, l.minutes, l.agents, coalesce(b.used_tokens, 0) as used_tokens,
                                       coalesce(b.used_micros, 0) as used_micros,
                                       coalesce(b.reserved_tokens, 0) as reserved_tokens,
                                       coalesce(b.reserved_micros, 0) as reserved_micros
                                from budget_limit l left join budget b using (team_id, scope, id)
                                where l.scope = 'swarm' and l.id = $1
                                """,
                                swarmId)
                        .map(
                                row ->
                                        UsageView.LimitsView.of(
                                                budget(row),
                                                row.getLong("minutes"),
                                                row.getLong("agents")));
        return UsageView.of(swarmId, Map.copyOf(agents), budget.orElse(null));
    }

    private static UsageView.Count count(Row row) {
        var priced = row.getBoolean("priced");
        return new UsageView.Count(
                row.getLong("tokens_in"),
                row.getLong("tokens_out"),
                priced ? row.getLong("micros") : null);
    }
}
