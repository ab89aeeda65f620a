package io.orchflow.outbox;

import io.orchflow.events.Topic;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// One open transaction, for one thread. Statements use `$1 …` placeholders.
public final class Tx {
    private final SqlConnection connection;
    private final String service;
    private final List<OutboxEntry> entries = new ArrayList<>();

    Tx(SqlConnection connection, String service) {
        this.connection = connection;
        this.service = service;
    }

    /// @throws io.vertx.pgclient.PgException what PostgreSQL refused, with its SQL state
    public RowSet<Row> query(String sql, @Nullable Object... arguments) {
        return Await.result(
                connection.preparedQuery(sql).execute(Tuple.wrap(Arrays.asList(arguments))));
    }

    /// The only row, or empty.
    public Optional<Row> one(String sql, @Nullable Object... arguments) {
        var rows = query(sql, arguments).iterator();
        return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    /// @return how many rows the statement changed
    public int update(String sql, @Nullable Object... arguments) {
        return query(sql, arguments).rowCount();
    }

    /// Puts a stamped fact into the outbox when the transaction commits, in the order of the calls.
    ///
    /// @param key id of the aggregate: facts of one key keep their order
    /// @throws IllegalArgumentException another service owns the fact's topic
    public void publish(String key, SpecificRecordBase fact) {
        entries.add(OutboxEntry.of(service, key, fact));
    }

    /// Deletes a key from a compacted topic, after its last record.
    public void publishTombstone(Topic topic, String key) {
        entries.add(OutboxEntry.tombstone(service, topic, key));
    }

    boolean publishesAnything() {
        return !entries.isEmpty();
    }

    boolean appendEntries() {
        for (OutboxEntry entry : OutboxEntry.inLockOrder(entries)) {
            query(OutboxEntry.APPEND, entry.arguments());
        }
        return !entries.isEmpty();
    }
}
