package io.orchflow.e2e;

import io.orchflow.events.FactCodec;
import io.orchflow.events.Facts;
import io.orchflow.events.Topics;
import io.orchflow.events.UnknownFactException;
import io.orchflow.events.orchestration.AgentExited;
import io.orchflow.events.orchestration.AgentMessageSent;
import io.orchflow.events.orchestration.AgentStarted;
import io.orchflow.events.orchestration.SwarmCompleted;
import io.orchflow.events.orchestration.TaskStarted;
import io.orchflow.events.orchestration.TaskVerified;
import io.orchflow.events.terminal.JournalGapFound;
import io.orchflow.events.terminal.PaneExited;
import io.orchflow.events.terminal.PaneOpened;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// What a consumer outside sees of an installation: every committed fact on its Kafka.
record FactLog(List<SpecificRecordBase> facts, int missing, int doubled, int outOfOrder) {

    static FactLog read(Orchflow orchflow) {
        try (var consumer = consumer(orchflow)) {
            List<TopicPartition> partitions =
                    Topics.all().stream()
                            .filter(t -> !t.compacted())
                            .flatMap(t -> consumer.partitionsFor(t.name()).stream())
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return of(records);
        }
    }

    private static FactLog of(List<ConsumerRecord<String, byte[]>> records) {
        var codec = new FactCodec();
        Map<String, Long> last = new HashMap<>();
        Map<String, String> sent = new HashMap<>();
        Set<String> effects = new HashSet<>();
        var facts = new ArrayList<SpecificRecordBase>();
        int missing = 0;
        int doubled = 0;
        int outOfOrder = 0;
        for (var record : records) {
            String partition = record.topic() + "-" + record.partition();
            long number = number(record);
            SpecificRecordBase fact = decode(codec, record);
            String before = sent.putIfAbsent(partition + "@" + number, Facts.eventId(fact));
            if (before != null) {
                // Sent again after a crash: a consumer drops it by its number, so it must be the
                // same.
                missing += before.equals(Facts.eventId(fact)) ? 0 : 1;
                continue;
            }
            long highest = last.getOrDefault(partition, 0L);
            if (number > highest) {
                missing += (int) (number - highest - 1);
                last.put(partition, number);
            } else {
                outOfOrder++;
            }
            if (!effects.add("event " + Facts.eventId(fact)) || !effects.add(effect(fact))) {
                doubled++;
            }
            if (fact instanceof JournalGapFound gap) {
                missing += (int) (gap.getToNumber() - gap.getFromNumber() + 1);
            }
            facts.add(fact);
        }
        return new FactLog(facts, missing, doubled, outOfOrder);
    }

    /// What can happen only once, in words; what may happen again is told apart by its event's id.
    private static String effect(SpecificRecordBase fact) {
        return switch (fact) {
            case PaneOpened f ->
                    f.getAgentId() == null
                            ? "opened pane " + f.getPaneId()
                            : "opened a pane for agent " + f.getAgentId();
            case PaneExited f -> "exited pane " + f.getPaneId();
            case AgentStarted f -> "started agent " + f.getAgentId();
            case AgentExited f -> "exited agent " + f.getAgentId();
            case AgentMessageSent f -> "sent " + f.getMessageId() + " to " + f.getAgentId();
            case TaskStarted f ->
                    "started " + attempt(f.getSwarmId(), f.getTaskId(), f.getAttempt());
            case TaskVerified f ->
                    "verified " + attempt(f.getSwarmId(), f.getTaskId(), f.getAttempt());
            case SwarmCompleted f -> "completed swarm " + f.getSwarmId();
            default -> "no other " + Facts.eventId(fact);
        };
    }

    private static String attempt(String swarmId, String taskId, int attempt) {
        return "attempt " + attempt + " of " + taskId + " in " + swarmId;
    }

    private static SpecificRecordBase decode(
            FactCodec codec, ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(record.value());
        } catch (UnknownFactException e) {
            throw new AssertionError(e);
        }
    }

    private static long number(ConsumerRecord<?, ?> record) {
        return Long.parseLong(
                new String(
                        record.headers().lastHeader("orchflow-number").value(),
                        StandardCharsets.UTF_8));
    }

    <T extends SpecificRecordBase> List<T> of(Class<T> type) {
        return facts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    String summary() {
        return "%d facts, missing %d, effects doubled %d, out of order %d"
                .formatted(facts.size(), missing, doubled, outOfOrder);
    }

    private static KafkaConsumer<String, byte[]> consumer(Orchflow orchflow) {
        Map<String, String> environment =
                Arrays.stream(Orchflow.environment(orchflow.service("terminal")).split("\0", -1))
                        .filter(e -> e.startsWith("ORCHFLOW_KAFKA_"))
                        .map(e -> e.split("=", 2))
                        .collect(Collectors.toMap(e -> e[0], e -> e[1]));
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", environment.getOrDefault("ORCHFLOW_KAFKA_BOOTSTRAP", ""));
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("security.protocol", "SASL_PLAINTEXT");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(
                                environment.get("ORCHFLOW_KAFKA_USER"),
                                environment.get("ORCHFLOW_KAFKA_PASSWORD")));
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
