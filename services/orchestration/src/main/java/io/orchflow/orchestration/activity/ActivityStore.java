package io.orchflow.orchestration.activity;

import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The last activity of each agent. Calls block; any thread but an event loop.
@Singleton
public class ActivityStore {
    private final Transactions transactions;
    private final EventLog events;
    private final EventHub hub;

    ActivityStore(Transactions transactions, EventLog events, EventHub hub) {
        this.transactions = transactions;
        this.events = events;
        this.hub = hub;
    }

    /// Keeps it, and tells those who watch.
    void tell(AgentCaller agent, Activity activity) {
        transactions.inTransaction(
                tx -> {
                    tx.update(
                            """
                            insert into agent_activity (agent_id, swarm_id, kind, text, at) values ($1, $2, $3, $4, $5)
                            on conflict (agent_id) do update
                            set kind = excluded.kind, text = excluded.text, at = excluded.at
                            """,
                            agent.agentId(),
                            agent.swarmId(),
                            activity.kind(),
                            activity.text(),
                            activity.at().atOffset(ZoneOffset.UTC));
                    var told =
                            new ActivityView(
                                    agent.swarmId(),
                                    agent.agentId(),
                                    activity.kind(),
                                    activity.text(),
                                    millis(activity.at()));
                    events.append(
                            tx,
                            List.of(
                                    new NewEvent(
                                            agent.workspaceId(),
                                            null,
                                            agent.swarmId(),
                                            "activity",
                                            told)));
                    return true;
                });
        hub.ring(agent.workspaceId());
    }

    /// By the agent's id.
    public static Map<String, ActivityView> of(Tx tx, String swarmId) {
        var found = new HashMap<String, ActivityView>();
        tx.query("select * from agent_activity where swarm_id = $1", swarmId)
                .forEach(
                        row ->
                                found.put(
                                        row.getString("agent_id"),
                                        new ActivityView(
                                                null,
                                                null,
                                                row.getString("kind"),
                                                row.getString("text"),
                                                millis(row.getOffsetDateTime("at").toInstant()))));
        return found;
    }

    private static Instant millis(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
