package io.orchflow.outbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The relay's side of the outbox tables.
final class OutboxStore {
    private static final int LEASE_SECONDS = 10;

    private final Transactions transactions;
    private final String owner;
    private long renewAtNanos = Long.MIN_VALUE;

    OutboxStore(Transactions transactions, String owner) {
        this.transactions = transactions;
        this.owner = owner;
    }

    record Waiting(
            String topic,
            int partition,
            long number,
            String key,
            @Nullable String eventId,
            @Nullable String type,
            @Nullable String correlationId,
            long occurredAtMillis,
            @Nullable Buffer payload) {}

    /// Takes or keeps the lease, by the database's clock; asks it only when a third of it has gone.
    boolean tryAcquireLease() {
        if (System.nanoTime() < renewAtNanos) {
            return true;
        }
        boolean acquired = acquireLease();
        renewAtNanos =
                acquired ? System.nanoTime() + LEASE_SECONDS * 1_000_000_000L / 3 : Long.MIN_VALUE;
        return acquired;
    }

    private boolean acquireLease() {
        return transactions.inTransaction(
                tx ->
                        tx.update(
                                        """
                                        insert into outbox_relay as r (owner, lease_until)
                                        values ($1, now() + make_interval(secs => $2))
                                        on conflict (only_row) do update
                                        set owner = excluded.owner, lease_until = excluded.lease_until
                                        where r.owner = excluded.owner or r.lease_until < now()
                                        """,
                                        owner,
                                        (double) LEASE_SECONDS)
                                == 1);
    }

    void releaseLease() {
        renewAtNanos = Long.MIN_VALUE;
        transactions.inTransaction(
                tx -> tx.update("delete from outbox_relay where owner = $1", owner));
    }

    List<Waiting> next(int limit) {
        return transactions.read(
                tx -> {
                    var waiting = new ArrayList<Waiting>();
                    for (Row row :
                            tx.query(
                                    """
                                    select topic, partition_number, number, key, event_id, type, correlation_id,
                                           occurred_at, payload
                                    from outbox_record order by topic, partition_number, number limit $1
                                    """,
                                    limit)) {
                        waiting.add(waiting(row));
                    }
                    return waiting;
                });
    }

    private static Waiting waiting(Row row) {
        return new Waiting(
                row.getString("topic"),
                row.getInteger("partition_number"),
                row.getLong("number"),
                row.getString("key"),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("correlation_id"),
                row.getOffsetDateTime("occurred_at").toInstant().toEpochMilli(),
                row.getBuffer("payload"));
    }

    /// Forgets what Kafka has committed. Nothing lower can appear later: numbers follow commits.
    void forget(List<Waiting> sent) {
        record Partition(String topic, int number) {}
        Map<Partition, Long> highest = new HashMap<>();
        sent.forEach(
                w -> highest.merge(new Partition(w.topic(), w.partition()), w.number(), Math::max));
        transactions.inTransaction(
                tx -> {
                    highest.forEach(
                            (p, number) ->
                                    tx.update(
                                            """
                                            delete from outbox_record
                                            where topic = $1 and partition_number = $2 and number <= $3
                                            """,
                                            p.topic(),
                                            p.number(),
                                            number));
                    return highest.size();
                });
    }
}
