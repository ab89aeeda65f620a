package io.orchflow.outbox;

import io.micrometer.core.instrument.Metrics;
import io.orchflow.events.FactCodec;
import io.orchflow.events.Topic;
import io.orchflow.events.UnknownFactException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The latest record per key of a compacted topic, in memory, on every replica. Empty while Kafka
/// is away from the start; keeps what it has when Kafka goes later. Safe for any number of threads.
public final class StateTable<V extends SpecificRecordBase> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StateTable.class);

    private final Topic topic;
    private final Class<V> type;
    private final FactCodec codec;
    private final Consumer<V> onChange;
    private final Map<String, V> latest = new ConcurrentHashMap<>();
    private final Broadcast broadcast;

    StateTable(
            KafkaSettings settings,
            Topic topic,
            Class<V> type,
            FactCodec codec,
            Consumer<V> onChange) {
        if (!topic.compacted()) {
            throw new IllegalArgumentException(topic.name() + " holds history, not state");
        }
        this.topic = topic;
        this.type = type;
        this.codec = codec;
        this.onChange = onChange;
        this.broadcast = new Broadcast(settings, topic.name(), this::take);
    }

    void start() {
        broadcast.start();
    }

    public Optional<V> get(String key) {
        return Optional.ofNullable(latest.get(key));
    }

    /// A copy of all latest records.
    public Collection<V> values() {
        return List.copyOf(latest.values());
    }

    /// Whether everything that was in the topic at the start is in the table.
    public boolean caughtUp() {
        return broadcast.caughtUp();
    }

    /// Waits for {@link #caughtUp()}.
    ///
    /// @return false if that takes longer than the time given
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return broadcast.awaitCaughtUp(atMost);
    }

    @Override
    public void close() {
        broadcast.close();
    }

    private void take(ConsumerRecord<String, byte @Nullable []> record) {
        byte[] value = record.value();
        if (value == null) {
            latest.remove(record.key());
            return;
        }
        try {
            SpecificRecordBase decoded = codec.decode(value);
            if (type.isInstance(decoded)) {
                put(record.key(), type.cast(decoded));
            }
        } catch (UnknownFactException | IllegalArgumentException e) {
            Metrics.counter("orchflow.state.skipped", "topic", topic.name()).increment();
            LOG.warnf(
                    "skipped a state record topic=%s offset=%d cause=%s",
                    topic.name(), record.offset(), e.getMessage());
        }
    }

    private void put(String key, V next) {
        V current = latest.get(key);
        if (current != null && version(current) > version(next)) {
            return;
        }
        latest.put(key, next);
        try {
            onChange.accept(next);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a listener failed topic=%s key=%s", topic.name(), key);
        }
    }

    private static long version(SpecificRecordBase state) {
        return (Long) state.get(state.getSchema().getField("version").pos());
    }
}
