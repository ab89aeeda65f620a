package io.orchflow.outbox;

import io.orchflow.events.FactCodec;
import io.orchflow.events.Topic;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Starts the relay with the service, and opens state tables and fact consumers for it. Where no
/// broker is configured, facts stay in the outbox and tables stay empty.
@ApplicationScoped
public class Outbox {
    private final @Nullable KafkaSettings settings;
    private final Transactions transactions;
    private final RelaySignal signal;
    private final String service;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable SchemaTable schemas;

    Outbox(
            KafkaConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            Transactions transactions,
            RelaySignal signal) {
        this.service = service;
        this.transactions = transactions;
        this.signal = signal;
        this.settings =
                config.bootstrap()
                        .map(
                                b ->
                                        new KafkaSettings(
                                                service,
                                                b,
                                                config.user().orElse(null),
                                                config.password().orElse(null),
                                                config.replicationFactor()))
                        .orElse(null);
    }

    void onStart(@Observes StartupEvent event) {
        if (settings != null) {
            var relay = new OutboxRelay(settings, transactions, signal);
            relay.start();
            remember(relay);
        }
    }

    void onStop(@Observes ShutdownEvent event) throws Exception {
        for (AutoCloseable closeable : takeOpen().reversed()) {
            closeable.close();
        }
    }

    /// A table of the latest states of a compacted topic, following it until the service stops.
    ///
    /// @param onChange called on one thread, for every new state, the first reading included
    /// @return empty where no broker is configured
    public <V extends SpecificRecordBase> Optional<StateTable<V>> stateTable(
            Topic topic, Class<V> type, Consumer<V> onChange) {
        if (settings == null) {
            return Optional.empty();
        }
        var table = new StateTable<V>(settings, topic, type, codec(settings), onChange);
        table.start();
        remember(table);
        return Optional.of(table);
    }

    /// Takes the facts of some topics, shared with the other replicas of this service.
    public void consume(List<Topic> topics, FactHandler handler) {
        if (settings != null) {
            var consumer =
                    new FactConsumer(
                            settings, transactions, service, topics, codec(settings), handler);
            consumer.start();
            remember(consumer);
        }
    }

    private synchronized void remember(AutoCloseable closeable) {
        open.add(closeable);
    }

    private synchronized List<AutoCloseable> takeOpen() {
        var taken = List.copyOf(open);
        open.clear();
        return taken;
    }

    private synchronized FactCodec codec(KafkaSettings reachable) {
        if (schemas == null) {
            schemas = new SchemaTable(reachable);
            schemas.start();
            open.add(schemas);
        }
        return new FactCodec(schemas);
    }
}
