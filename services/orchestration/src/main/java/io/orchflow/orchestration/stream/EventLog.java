package io.orchflow.orchestration.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The durable log of what readers see. Numbers are gapless and in commit order in each workspace:
/// the counter's row stays locked until the transaction ends, so append late.
@Singleton
public class EventLog {
    private static final String APPEND =
            """
            with taken as (
                insert into event_counter as c (workspace_id, last_number) values ($1, 1)
                on conflict (workspace_id) do update set last_number = c.last_number + 1
                returning last_number)
            insert into event (workspace_id, number, conversation_id, swarm_id, type, data)
            select $1, last_number, $2, $3, $4, $5 from taken
            """;

    private final Transactions transactions;
    private final ObjectMapper json;

    EventLog(Transactions transactions, ObjectMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /// Appends in this order, as part of the transaction.
    public void append(Tx tx, List<NewEvent> events) {
        for (var event : events) {
            tx.update(
                    APPEND,
                    event.workspaceId(),
                    event.conversationId(),
                    event.swarmId(),
                    event.type(),
                    write(event.data()));
        }
    }

    /// At most 500 events after a number, oldest first.
    List<LoggedEvent> read(String workspaceId, long after, EventFilter filter) {
        return transactions.read(
                tx -> {
                    var rows =
                            switch (filter) {
                                case EventFilter.Workspace _ ->
                                        tx.query(after("workspace_id"), workspaceId, after);
                                case EventFilter.Conversation(var conversationId) ->
                                        tx.query(after("conversation_id"), conversationId, after);
                                case EventFilter.Swarm(var swarmId) ->
                                        tx.query(after("swarm_id"), swarmId, after);
                            };
                    var events = new ArrayList<LoggedEvent>();
                    rows.forEach(row -> events.add(event(row)));
                    return events;
                });
    }

    private static String after(String column) {
        return """
        select * from event where %s = $1 and number > $2
        order by number limit 500
        """
                .formatted(column);
    }

    /// The number of the last event of each of these workspaces; absent where there is none.
    Map<String, Long> last(List<String> workspaceIds) {
        return transactions.read(
                tx -> {
                    var found = new HashMap<String, Long>();
                    tx.query(
                                    """
                                    select workspace_id, last_number from event_counter
                                    where workspace_id = any($1)
                                    """,
                                    (Object) workspaceIds.toArray(String[]::new))
                            .forEach(
                                    row ->
                                            found.put(
                                                    row.getString("workspace_id"),
                                                    row.getLong("last_number")));
                    return found;
                });
    }

    private static LoggedEvent event(Row row) {
        return new LoggedEvent(
                row.getLong("number"),
                row.getString("conversation_id"),
                row.getString("swarm_id"),
                row.getString("type"),
                row.getString("data"));
    }

    private String write(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + data.getClass(), e);
        }
    }
}
