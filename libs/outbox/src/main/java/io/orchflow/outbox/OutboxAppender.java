package io.orchflow.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// The outbox for services that keep their rows with Hibernate Reactive.
@Singleton
public class OutboxAppender {
    private final String service;
    private final RelaySignal signal;

    @Inject
    public OutboxAppender(
            @ConfigProperty(name = "quarkus.application.name") String service, RelaySignal signal) {
        this.service = service;
        this.signal = signal;
    }

    /// Appends stamped facts in the session's transaction; flushes the session first. Must be its
    /// last step.
    ///
    /// @param key id of the aggregate: facts of one key keep their order
    public Uni<Void> append(
            Mutiny.Session session, String key, List<? extends SpecificRecordBase> facts) {
        List<OutboxEntry> entries =
                facts.stream().map(f -> OutboxEntry.of(service, key, f)).toList();
        return appendAll(session, entries);
    }

    /// As {@link #append(Mutiny.Session, String, List)}, for facts of several aggregates.
    public Uni<Void> append(Mutiny.Session session, List<Keyed> facts) {
        List<OutboxEntry> entries =
                facts.stream().map(f -> OutboxEntry.of(service, f.key(), f.fact())).toList();
        return appendAll(session, entries);
    }

    /// A stamped fact and the id of its aggregate.
    public record Keyed(String key, SpecificRecordBase fact) {}

    private Uni<Void> appendAll(Mutiny.Session session, List<OutboxEntry> entries) {
        Uni<Void> chain = session.flush();
        for (OutboxEntry entry : OutboxEntry.inLockOrder(entries)) {
            chain = chain.chain(() -> appendOne(session, entry));
        }
        return chain.invoke(signal::raise);
    }

    private static Uni<Void> appendOne(Mutiny.Session session, OutboxEntry entry) {
        var query =
                session.createNativeQuery(
                        "select outbox_append(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", Long.class);
        @Nullable Object[] arguments = entry.arguments();
        for (int i = 0; i < arguments.length - 1; i++) {
            query.setParameter(i + 1, arguments[i]);
        }
        Buffer payload = entry.payload();
        query.setParameter(arguments.length, payload == null ? null : payload.getBytes());
        return query.getSingleResult().replaceWithVoid();
    }
}
