package io.orchflow.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.embedded.EmbeddedKafka;
import io.orchflow.embedded.EmbeddedPostgres;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.orchestration.AgentMessageSent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL with the outbox tables and a real Kafka, for the service `orchestration`.
final class Stage implements AutoCloseable {
    static final String SERVICE = "orchestration";

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private @Nullable EmbeddedKafka kafka;
    private final Path folder;
    final RelaySignal signal = new RelaySignal();
    final Transactions transactions;

    Stage(Path folder) {
        this.folder = folder;
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        var role = postgres.createRole(SERVICE);
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(12))
                        .connectingTo(
                                postgres.url(role.database())
                                        .replace(
                                                "://",
                                                "://%s:%s@"
                                                        .formatted(role.user(), role.password())))
                        .using(vertx)
                        .build();
        transactions = new Transactions(pool, SERVICE, signal);
        run(script());
        run("create table effect (id bigserial primary key, message_id text not null)");
    }

    private static String script() {
        try (InputStream in = Stage.class.getResourceAsStream("/db/outbox/V0.1__outbox.sql")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void run(String sql) {
        Await.result(pool.query(sql).execute());
    }

    long count(String from) {
        return transactions.read(
                tx -> tx.one("select count(*) as n from " + from).orElseThrow().getLong("n"));
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), List.of());
    }

    KafkaSettings settings() {
        EmbeddedKafka broker = kafka;
        assertThat(broker).isNotNull();
        return new KafkaSettings(
                SERVICE, broker.bootstrap(), broker.user(), broker.password(), (short) -1);
    }

    OutboxRelay relay() {
        var relay = new OutboxRelay(settings(), transactions, signal);
        relay.start();
        return relay;
    }

    static AgentMessageSent fact(String swarmId, String messageId) {
        var fact = new AgentMessageSent();
        fact.setSwarmId(swarmId);
        fact.setMessageId(messageId);
        return Facts.stamp(fact, Envelope.ofSystem(SERVICE, "team", "workspace"));
    }

    /// Every committed record of a topic, by partition and offset.
    List<ConsumerRecord<String, byte @Nullable []>> recordsOf(String topic) {
        try (var consumer = settings().consumer(null)) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte @Nullable []>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    static long number(ConsumerRecord<?, ?> record) {
        return Long.parseLong(
                new String(
                        record.headers().lastHeader(OutboxRelay.NUMBER_HEADER).value(),
                        StandardCharsets.UTF_8));
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, Duration.ofSeconds(5), condition);
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        Await.result(pool.close());
        Await.result(vertx.close());
        EmbeddedKafka broker = kafka;
        if (broker != null) {
            broker.close();
        }
        postgres.close();
    }
}
