package io.orchflow.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads all partitions of a topic from the beginning and on, without a group: every replica sees
/// everything. Starts over whenever Kafka or the topic comes (back).
final class Broadcast implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Broadcast.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long BACK_OFF_MILLIS = 1_000;

    private final KafkaSettings settings;
    private final String topic;
    private final Consumer<ConsumerRecord<String, byte @Nullable []>> sink;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<String, byte @Nullable []> open;

    Broadcast(
            KafkaSettings settings,
            String topic,
            Consumer<ConsumerRecord<String, byte @Nullable []>> sink) {
        this.settings = settings;
        this.topic = topic;
        this.sink = sink;
        this.thread = Thread.ofVirtual().name("broadcast-" + topic).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Whether everything that was in the topic at the start has been read.
    boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /// @return false if that takes longer than the time given
    boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<String, byte @Nullable []> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean complained = false;
        while (closing.getCount() > 0) {
            try (var consumer = settings.consumer(null)) {
                open = consumer;
                read(consumer);
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException e) {
                if (!complained) {
                    LOG.warnf("cannot read yet topic=%s cause=%s", topic, e.toString());
                    complained = true;
                }
            }
            try {
                if (closing.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void read(KafkaConsumer<String, byte @Nullable []> consumer) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            return;
        }
        List<TopicPartition> all =
                partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        while (closing.getCount() > 0) {
            boolean atEnd =
                    caughtUp()
                            || ends.entrySet().stream()
                                    .allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
            if (atEnd) {
                caughtUp.countDown();
            }
            consumer.poll(POLL).forEach(sink);
        }
    }
}
