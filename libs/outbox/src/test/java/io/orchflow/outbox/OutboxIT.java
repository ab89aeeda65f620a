package io.orchflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchflow.events.Envelope;
import io.orchflow.events.FactCodec;
import io.orchflow.events.Facts;
import io.orchflow.events.Topics;
import io.orchflow.events.orchestration.AgentMessageSent;
import io.orchflow.events.workspaces.WorkspaceStopped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxIT {
    private static final String SWARM = Topics.SWARM.name();

    private final Stage stage;
    private int from;

    OutboxIT(@TempDir Path folder) {
        stage = new Stage(folder);
    }

    @BeforeAll
    void open() {
        publishWhileKafkaIsAway();
        stage.startKafka();
        try (var _ = stage.relay()) {
            Stage.await(
                    "the outbox to empty",
                    Duration.ofSeconds(30),
                    () -> stage.count("outbox_record") == 0);
        }
    }

    @AfterAll
    void close() {
        stage.close();
    }

    @BeforeEach
    void remember() {
        from = stage.recordsOf(SWARM).size();
        stage.run("truncate effect; truncate inbox_position");
    }

    private static final int WRITERS = 8;
    private static final int EACH = 60;

    /// Several writers, several keys, every third transaction rolled back.
    private void publishWhileKafkaIsAway() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                String swarm = "swarm-" + w;
                writers.add(threads.submit(() -> publish(swarm)));
            }
            writers.forEach(OutboxIT::get);
        }
    }

    private void publish(String swarm) {
        for (int i = 0; i < EACH; i++) {
            String message = "%s/%03d".formatted(swarm, i);
            boolean fails = i % 3 == 2;
            try {
                stage.transactions.execute(
                        tx -> {
                            tx.publish(swarm, Stage.fact(swarm, message));
                            tx.publish("other", Stage.fact("other", message + "-other"));
                            tx.update("insert into effect (message_id) values ($1)", message);
                            if (fails) {
                                throw new IllegalArgumentException("rolled back");
                            }
                        });
            } catch (IllegalArgumentException e) {
                assertThat(fails).isTrue();
            }
        }
    }

    private static void get(Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void factsArriveOnceInOrderAndNoneIsMissing() throws Exception {
        var records =
                stage.recordsOf(SWARM).stream()
                        .filter(r -> r.key().startsWith("swarm-") || r.key().equals("other"))
                        .toList();
        Map<Integer, Long> last = new HashMap<>();
        Map<String, List<String>> byKey = new HashMap<>();
        for (var record : records) {
            assertThat(Stage.number(record))
                    .as("number on partition %d", record.partition())
                    .isEqualTo(last.merge(record.partition(), 1L, Long::sum));
            byKey.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(messageOf(record));
        }

        assertThat(records).hasSize(WRITERS * EACH * 2 / 3 * 2);
        for (int w = 0; w < WRITERS; w++) {
            assertThat(byKey.get("swarm-" + w)).hasSize(EACH * 2 / 3).isSorted();
        }
    }

    private static String messageOf(ConsumerRecord<String, byte @Nullable []> record)
            throws Exception {
        byte[] value = record.value();
        assertThat(value).isNotNull();
        return ((AgentMessageSent) new FactCodec().decode(value)).getMessageId();
    }

    @Test
    void recordsCarryCloudEventsHeaders() {
        var record = stage.recordsOf(SWARM).getFirst();

        assertThat(header(record, "ce_type"))
                .isEqualTo("io.orchflow.events.orchestration.AgentMessageSent");
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_id")).hasSize(36);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void theSchemasComeBeforeTheFacts() {
        assertThat(stage.recordsOf(Topics.SCHEMAS.name()))
                .extracting(ConsumerRecord::key)
                .contains(
                        "%016x"
                                .formatted(
                                        FactCodec.fingerprint(new AgentMessageSent().getSchema())));
    }

    /// A relay that dies between Kafka's commit and its own delete sends the batch again.
    @Test
    void whatIsSentTwiceTakesEffectOnce() {
        stage.run("create table saved as select * from outbox_record with no data");
        stage.transactions.execute(
                tx -> {
                    for (int i = 0; i < 20; i++) {
                        tx.publish("twice", Stage.fact("twice", "twice-" + i));
                    }
                });
        stage.run("insert into saved select * from outbox_record");
        relayAll();
        stage.run("insert into outbox_record select * from saved");
        relayAll();
        assertThat(stage.recordsOf(SWARM)).hasSize(from + 40);
        stage.transactions.execute(tx -> tx.publish("twice", Stage.fact("twice", "after")));
        relayAll();

        try (var consumer = consumer("once", OutboxIT::note)) {
            consumer.start();
            Stage.await(
                    "the effect of what came after",
                    Duration.ofSeconds(15),
                    () -> stage.count("effect where message_id = 'after'") > 0);
        }
        assertThat(stage.count("effect where message_id like 'twice-%'")).isEqualTo(20);
        stage.run("drop table saved");
    }

    private void relayAll() {
        try (var _ = stage.relay()) {
            Stage.await(
                    "the outbox to empty",
                    Duration.ofSeconds(15),
                    () -> stage.count("outbox_record") == 0);
        }
    }

    private FactConsumer consumer(String group, FactHandler handler) {
        return new FactConsumer(
                stage.settings(),
                stage.transactions,
                group,
                List.of(Topics.SWARM),
                new FactCodec(),
                handler);
    }

    private static void note(SpecificRecordBase fact, Tx tx) {
        if (fact instanceof AgentMessageSent sent) {
            tx.update("insert into effect (message_id) values ($1)", sent.getMessageId());
        }
    }

    @Test
    void whatCannotBeTakenGoesToTheDeadLettersAndTheRestGoesOn() {
        try (var producer = stage.settings().producer()) {
            var poison =
                    new ProducerRecord<String, byte @Nullable []>(
                            SWARM, 0, "poison", new byte[] {9, 9, 9});
            KafkaFutures.await(producer.send(poison));
        }
        stage.transactions.execute(
                tx -> {
                    tx.publish("bad", Stage.fact("bad", "refused"));
                    tx.publish("good", Stage.fact("good", "after-refused"));
                });
        relayAll();
        Set<String> tries = ConcurrentHashMap.newKeySet();
        FactHandler picky =
                (fact, tx) -> {
                    note(fact, tx);
                    if (fact instanceof AgentMessageSent s && s.getMessageId().equals("refused")) {
                        tries.add(Thread.currentThread().toString() + System.nanoTime());
                        throw new IllegalStateException("cannot take this one");
                    }
                };

        try (var consumer = consumer("picky", picky)) {
            consumer.start();
            Stage.await(
                    "dead letters",
                    Duration.ofSeconds(30),
                    () -> stage.recordsOf(SWARM + ".dlq").size() == 2);
            Stage.await(
                    "the rest",
                    () -> stage.count("effect where message_id = 'after-refused'") == 1);
        }
        assertThat(tries).hasSizeGreaterThan(1);
        assertThat(stage.count("effect where message_id = 'refused'")).isZero();
        assertThat(stage.recordsOf(SWARM + ".dlq"))
                .extracting(r -> header(r, "orchflow-error"))
                .anyMatch(e -> e.contains("cannot take this one"));
    }

    @Test
    void onlyOneRelayWorksAtATime() {
        try (var _ = stage.relay();
                var _ = stage.relay()) {
            for (int i = 0; i < 50; i++) {
                String message = "pair-" + i;
                stage.transactions.execute(
                        tx -> {
                            tx.publish("pair", Stage.fact("pair", message));
                        });
            }
            Stage.await(
                    "the outbox to empty",
                    Duration.ofSeconds(15),
                    () -> stage.count("outbox_record") == 0);
        }
        assertThat(stage.recordsOf(SWARM)).hasSize(from + 50);
    }

    @Test
    void aServiceCannotPublishOnAnothersTopic() {
        var foreign =
                Facts.stamp(new WorkspaceStopped(), Envelope.ofSystem("workspaces", "t", "w"));

        assertThatThrownBy(
                        () ->
                                stage.transactions.execute(
                                        tx -> {
                                            tx.publish("w", foreign);
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to workspaces");
    }

    @Test
    void aFactOutsideATransactionIsRefused() {
        assertThatThrownBy(
                        () ->
                                stage.transactions.read(
                                        tx -> {
                                            tx.publish("s", Stage.fact("s", "m"));
                                            return 0;
                                        }))
                .isInstanceOf(IllegalStateException.class);
    }
}
