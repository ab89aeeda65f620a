package io.orchflow.terminal;

import io.orchflow.events.FactCodec;
import io.orchflow.events.Topic;
import io.orchflow.events.UnknownFactException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads the facts of one system's workspace from a topic's beginning, as a consumer outside of
/// orchflow would: what is sent again after a crash has the number that it had before, and is
/// dropped. The broker outlives the system: what others, with numbers of their own, have left there
/// is no concern.
final class FactReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final String workspaceId;
    private final FactCodec codec = new FactCodec();
    private final List<SpecificRecordBase> facts = new ArrayList<>();
    private final Map<Integer, Long> last = new HashMap<>();

    FactReader(TestSystem system, Topic topic) {
        workspaceId = system.workspaceId;
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
                var fact = decode(message.value());
                if (workspaceId.equals(fact.get("workspaceId")) && isNew(message)) {
                    facts.add(fact);
                }
            }
        }
        return List.copyOf(facts);
    }

    private SpecificRecordBase decode(byte[] fact) {
        try {
            return codec.decode(fact);
        } catch (UnknownFactException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isNew(ConsumerRecord<?, ?> message) {
        var text = message.headers().lastHeader("orchflow-number").value();
        long number = Long.parseLong(new String(text, StandardCharsets.UTF_8));
        if (number <= last.getOrDefault(message.partition(), 0L)) {
            return false;
        }
        last.put(message.partition(), number);
        return true;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
