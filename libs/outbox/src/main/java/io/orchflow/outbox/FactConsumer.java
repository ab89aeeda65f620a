package io.orchflow.outbox;

import io.micrometer.core.instrument.Metrics;
import io.orchflow.events.FactCodec;
import io.orchflow.events.Topic;
import io.orchflow.events.UnknownFactException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Shares the facts of some topics among the replicas of a service; each fact takes effect once, in
/// the order of its partition. What cannot be read, or fails again and again, goes to the topic's
/// dead letters and counts as taken.
public final class FactConsumer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FactConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int TRIES = 5;
    private static final long BACK_OFF_MILLIS = 200;

    private final KafkaSettings settings;
    private final Transactions transactions;
    private final String group;
    private final List<Topic> topics;
    private final FactCodec codec;
    private final FactHandler handler;
    private final Inbox inbox;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte @Nullable []> open;

    FactConsumer(
            KafkaSettings settings,
            Transactions transactions,
            String group,
            List<Topic> topics,
            FactCodec codec,
            FactHandler handler) {
        this.settings = settings;
        this.transactions = transactions;
        this.group = group;
        this.topics = topics;
        this.codec = codec;
        this.handler = handler;
        this.inbox = new Inbox(group);
        this.thread = Thread.ofVirtual().name("facts-" + group).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte @Nullable []> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (var consumer = settings.consumer(group)) {
                open = consumer;
                consumer.subscribe(topics.stream().map(Topic::name).toList());
                while (closing.getCount() > 0) {
                    for (var record : consumer.poll(POLL)) {
                        take(record);
                    }
                    consumer.commitAsync();
                }
            } catch (WakeupException e) {
                return;
            } catch (KafkaException | IllegalStateException e) {
                LOG.warnf("facts wait group=%s cause=%s", group, e.toString());
            } catch (InterruptedException e) {
                return;
            }
            if (awaitClosing(5 * BACK_OFF_MILLIS)) {
                return;
            }
        }
    }

    private boolean awaitClosing(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void take(ConsumerRecord<String, byte @Nullable []> record)
            throws InterruptedException {
        byte[] value = record.value();
        Header number = record.headers().lastHeader(OutboxRelay.NUMBER_HEADER);
        if (value == null || number == null) {
            bury(record, "no " + (value == null ? "value" : OutboxRelay.NUMBER_HEADER));
            return;
        }
        long taken = Long.parseLong(new String(number.value(), StandardCharsets.UTF_8));
        try {
            SpecificRecordBase fact = decode(value);
            apply(record, taken, fact);
        } catch (UnknownFactException e) {
            Metrics.counter("orchflow.inbox.unknown", "topic", record.topic()).increment();
            note(record, taken);
        } catch (IllegalArgumentException e) {
            bury(record, String.valueOf(e.getMessage()));
            note(record, taken);
        }
    }

    /// A newer producer publishes its schema before its first fact, but on another topic: wait a
    /// little.
    private SpecificRecordBase decode(byte[] value)
            throws UnknownFactException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return codec.decode(value);
            } catch (UnknownFactException e) {
                if (attempt == TRIES || closing.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    private void apply(
            ConsumerRecord<String, byte @Nullable []> record, long number, SpecificRecordBase fact)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.inTransaction(
                        tx -> {
                            if (inbox.take(tx, record.topic(), record.partition(), number)) {
                                handler.handle(fact, tx);
                            }
                            return number;
                        });
                return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "a fact could not take effect topic=%s partition=%d number=%d attempt=%d",
                        record.topic(),
                        record.partition(),
                        number,
                        attempt);
                if (attempt == TRIES) {
                    bury(record, e.toString());
                    note(record, number);
                    return;
                }
                if (closing.await(BACK_OFF_MILLIS << attempt, TimeUnit.MILLISECONDS)) {
                    throw new WakeupException();
                }
            }
        }
    }

    private void note(ConsumerRecord<String, byte @Nullable []> record, long number) {
        transactions.inTransaction(
                tx -> inbox.take(tx, record.topic(), record.partition(), number));
    }

    private void bury(ConsumerRecord<String, byte @Nullable []> record, String error) {
        Metrics.counter("orchflow.inbox.dead", "topic", record.topic()).increment();
        var letter =
                new ProducerRecord<String, byte @Nullable []>(
                        record.topic() + ".dlq", null, record.key(), record.value());
        record.headers().forEach(h -> letter.headers().add(h));
        letter.headers().add("orchflow-error", error.getBytes(StandardCharsets.UTF_8));
        letter.headers().add("orchflow-consumer", group.getBytes(StandardCharsets.UTF_8));
        letter.headers()
                .add(
                        "orchflow-origin",
                        "%s-%d@%d"
                                .formatted(record.topic(), record.partition(), record.offset())
                                .getBytes(StandardCharsets.UTF_8));
        try (var producer = settings.producer()) {
            KafkaFutures.await(producer.send(letter));
        }
    }
}
