package io.orchflow.terminal;

import io.orchflow.events.FactCodec;
import io.orchflow.events.Topic;
import io.orchflow.events.UnknownFactException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads a topic of facts from its beginning, as a consumer outside of orchflow would.
final class FactReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final FactCodec codec = new FactCodec();
    private final List<SpecificRecordBase> facts = new ArrayList<>();

    FactReader(TestSystem system, Topic topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                system.setting("ORCHFLOW_KAFKA_BOOTSTRAP"),
                                "isolation.level",
                                "read_committed",
                                "security.protocol",
                                "SASL_PLAINTEXT",
                                "sasl.mechanism",
                                "PLAIN",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                        + " username=\""
                                        + system.setting("ORCHFLOW_KAFKA_USER")
                                        + "\" password=\""
                                        + system.setting("ORCHFLOW_KAFKA_PASSWORD")
                                        + "\";"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        var partitions =
                consumer.partitionsFor(topic.name()).stream()
                        .map(p -> new TopicPartition(topic.name(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Everything that has come so far; waits up to 100 ms for more.
    List<SpecificRecordBase> read() {
        for (var message : consumer.poll(Duration.ofMillis(100))) {
            if (message.value() != null) {
                try {
                    facts.add(codec.decode(message.value()));
                } catch (UnknownFactException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return List.copyOf(facts);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
