package io.orchflow.outbox;

import io.micrometer.core.instrument.Metrics;
import io.vertx.sqlclient.Row;
import org.jboss.logging.Logger;

/// The last number that a consumer took from each partition.
final class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final String consumer;

    Inbox(String consumer) {
        this.consumer = consumer;
    }

    /// Moves the position to a number, holding its row until the transaction ends: a second
    /// consumer of the same partition waits, then finds the number taken.
    ///
    /// @return false if the number was taken before: the fact must have no effect
    boolean take(Tx tx, String topic, int partition, long number) {
        tx.update(
                """
                insert into inbox_position (consumer, topic, partition_number, number)
                values ($1, $2, $3, 0) on conflict do nothing
                """,
                consumer,
                topic,
                partition);
        Row row =
                tx.query(
                                """
                                select number from inbox_position
                                where consumer = $1 and topic = $2 and partition_number = $3 for update
                                """,
                                consumer,
                                topic,
                                partition)
                        .iterator()
                        .next();
        long last = row.getLong("number");
        if (number <= last) {
            Metrics.counter("orchflow.inbox.duplicates", "topic", topic).increment();
            return false;
        }
        if (number > last + 1) {
            Metrics.counter("orchflow.inbox.missing", "topic", topic)
                    .increment((double) (number - last - 1));
            LOG.errorf(
                    "facts are missing topic=%s partition=%d from=%d to=%d",
                    topic, partition, last + 1, number - 1);
        }
        tx.update(
                """
                update inbox_position set number = $4
                where consumer = $1 and topic = $2 and partition_number = $3
                """,
                consumer,
                topic,
                partition,
                number);
        return true;
    }
}
