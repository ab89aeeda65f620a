package io.orchflow.outbox;

import io.orchflow.events.SchemaLookup;
import io.orchflow.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The schemas that any build of any service has written facts with.
final class SchemaTable implements SchemaLookup, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SchemaTable.class);

    private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();
    private final Broadcast broadcast;

    SchemaTable(KafkaSettings settings) {
        broadcast = new Broadcast(settings, Topics.SCHEMAS.name(), this::take);
    }

    void start() {
        broadcast.start();
    }

    @Override
    public @Nullable Schema find(long fingerprint) {
        return schemas.get(fingerprint);
    }

    @Override
    public void close() {
        broadcast.close();
    }

    private void take(ConsumerRecord<String, byte @Nullable []> record) {
        byte[] json = record.value();
        if (json == null) {
            return;
        }
        try {
            var schema = new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
            schemas.put(Long.parseUnsignedLong(record.key(), 16), schema);
        } catch (AvroRuntimeException | NumberFormatException e) {
            LOG.warnf("skipped what is no schema offset=%d cause=%s", record.offset(), e);
        }
    }
}
