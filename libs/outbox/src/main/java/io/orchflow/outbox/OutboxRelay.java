package io.orchflow.outbox;

import io.micrometer.core.instrument.Metrics;
import io.orchflow.events.FactCodec;
import io.orchflow.events.Ids;
import io.orchflow.events.Topic;
import io.orchflow.events.Topics;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Carries the outbox of one service to Kafka: in order, complete, each batch one Kafka
/// transaction. A batch that Kafka has committed but the outbox has not yet forgotten is sent again
/// after a crash, with the same numbers: consumers drop it by them. One replica relays at a time (a
/// lease); a former one that has not noticed is fenced by the transactional id. Kafka may be away
/// for any time.
public final class OutboxRelay implements AutoCloseable {
    static final String NUMBER_HEADER = "orchflow-number";

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final long POLL_MILLIS = 250;
    private static final long BACK_OFF_MILLIS = 1_000;

    private final KafkaSettings settings;
    private final OutboxStore store;
    private final RelaySignal signal;
    private final Thread thread;
    private volatile boolean closed;
    private boolean complained;

    public OutboxRelay(KafkaSettings settings, Transactions transactions, RelaySignal signal) {
        this.settings = settings;
        this.store = new OutboxStore(transactions, Ids.next());
        this.signal = signal;
        this.thread = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Ends the relay after the batch under way; waits for it at most 5 s.
    @Override
    public void close() {
        closed = true;
        signal.raise();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (store.tryAcquireLease()) {
                    relayWhileLeased();
                } else {
                    signal.await(BACK_OFF_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                complain(e);
                pause();
            }
        }
        try {
            store.releaseLease();
        } catch (RuntimeException e) {
            LOG.debug("the relay's lease runs out by itself", e);
        }
    }

    private void relayWhileLeased() throws InterruptedException {
        try (KafkaProducer<String, byte @Nullable []> producer = readyProducer()) {
            if (complained) {
                LOG.infof("Kafka is back, facts flow again service=%s", settings.service());
                complained = false;
            }
            while (!closed && store.tryAcquireLease()) {
                List<OutboxStore.Waiting> batch = store.next(BATCH);
                if (batch.isEmpty()) {
                    signal.await(POLL_MILLIS);
                } else {
                    send(producer, batch.stream().map(OutboxRelay::record).toList());
                    store.forget(batch);
                    Metrics.counter("orchflow.outbox.sent").increment(batch.size());
                }
            }
        }
    }

    private KafkaProducer<String, byte @Nullable []> readyProducer() {
        makeTopics();
        KafkaProducer<String, byte @Nullable []> producer = settings.transactionalProducer();
        try {
            producer.initTransactions();
            send(producer, schemaRecords());
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private void makeTopics() {
        try (Admin admin = settings.admin()) {
            var wanted = new ArrayList<NewTopic>();
            wanted.add(newTopic(Topics.SCHEMAS.name(), 1, true));
            Topics.ownedBy(settings.service())
                    .forEach(
                            t -> {
                                wanted.add(newTopic(t.name(), t.partitions(), t.compacted()));
                                wanted.add(newTopic(t.deadLetters(), 1, false));
                            });
            for (var made : admin.createTopics(wanted).values().values()) {
                awaitMade(made);
            }
        }
    }

    private NewTopic newTopic(String name, int partitions, boolean compacted) {
        var topic = new NewTopic(name, partitions, settings.replicationFactor());
        return compacted
                ? topic.configs(Map.of("cleanup.policy", "compact"))
                : topic.configs(Map.of("retention.ms", "-1"));
    }

    private static void awaitMade(Future<Void> made) {
        try {
            KafkaFutures.await(made);
        } catch (TopicExistsException _) {
            return;
        }
    }

    private List<ProducerRecord<String, byte @Nullable []>> schemaRecords() {
        var records = new ArrayList<ProducerRecord<String, byte @Nullable []>>();
        for (Topic topic : Topics.ownedBy(settings.service()).toList()) {
            for (Schema schema : Topics.schemasOf(topic)) {
                records.add(
                        new ProducerRecord<>(
                                Topics.SCHEMAS.name(),
                                0,
                                "%016x".formatted(FactCodec.fingerprint(schema)),
                                schema.toString().getBytes(StandardCharsets.UTF_8)));
            }
        }
        return records;
    }

    private static void send(
            KafkaProducer<String, byte @Nullable []> producer,
            List<ProducerRecord<String, byte @Nullable []>> records) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> pending = records.stream().map(producer::send).toList();
        producer.commitTransaction();
        LOG.debugf("sent %d records", pending.size());
    }

    private static ProducerRecord<String, byte @Nullable []> record(OutboxStore.Waiting w) {
        var record =
                new ProducerRecord<String, byte @Nullable []>(
                        w.topic(),
                        w.partition(),
                        w.occurredAtMillis(),
                        w.key(),
                        bytes(w.payload()));
        header(record, NUMBER_HEADER, Long.toString(w.number()));
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", w.eventId());
        header(record, "ce_type", w.type());
        header(record, "ce_source", "/orchflow/" + w.topic());
        header(record, "ce_time", Instant.ofEpochMilli(w.occurredAtMillis()).toString());
        header(record, "ce_correlationid", w.correlationId());
        header(record, "content-type", "application/avro");
        return record;
    }

    private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }

    private static void header(ProducerRecord<?, ?> record, String name, @Nullable String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void complain(RuntimeException e) {
        if (closed) {
            return;
        }
        if (!complained) {
            complained = true;
            LOG.warnf(
                    "facts wait in the outbox until Kafka or the database is back service=%s cause=%s",
                    settings.service(), e.toString());
        }
        LOG.debug("relay failed", e);
    }

    private void pause() {
        try {
            signal.await(BACK_OFF_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
