package io.orchflow.outbox;

import io.orchflow.events.FactCodec;
import io.orchflow.events.Facts;
import io.orchflow.events.Topic;
import io.orchflow.events.Topics;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// One record on its way into the outbox.
record OutboxEntry(
        Topic topic,
        String key,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String correlationId,
        Instant occurredAt,
        @Nullable Buffer payload) {

    static final String APPEND = "select outbox_append($1, $2, $3, $4, $5, $6, $7, $8)";

    static OutboxEntry of(String service, String key, SpecificRecordBase fact) {
        Topic topic = ownedTopic(service, Topics.of(fact));
        return new OutboxEntry(
                topic,
                key,
                Facts.eventId(fact),
                fact.getSchema().getFullName(),
                Facts.correlationId(fact),
                Facts.occurredAt(fact),
                Buffer.buffer(FactCodec.encode(fact)));
    }

    static OutboxEntry tombstone(String service, Topic topic, String key) {
        return new OutboxEntry(
                ownedTopic(service, topic), key, null, null, null, Instant.now(), null);
    }

    private static Topic ownedTopic(String service, Topic topic) {
        if (!topic.owner().equals(service)) {
            throw new IllegalArgumentException(
                    "%s belongs to %s, not to %s".formatted(topic.name(), topic.owner(), service));
        }
        return topic;
    }

    /// Counters are locked in one global order, so that two transactions never wait for each other;
    /// within a partition the order stays.
    static List<OutboxEntry> inLockOrder(List<OutboxEntry> entries) {
        return entries.stream()
                .sorted(
                        Comparator.comparing((OutboxEntry e) -> e.topic().name())
                                .thenComparingInt(OutboxEntry::partition))
                .toList();
    }

    int partition() {
        return topic.partitionOf(key);
    }

    @Nullable Object[] arguments() {
        return new @Nullable Object[] {
            topic.name(),
            partition(),
            key,
            eventId,
            type,
            correlationId,
            occurredAt.atOffset(ZoneOffset.UTC),
            payload
        };
    }
}
