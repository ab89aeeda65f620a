package io.orchflow.auth.storage;

import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.outbox.OutboxAppender;
import io.orchflow.problem.Correlation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// The entities of one open transaction, for one thread. Queries are HQL with `?1 …` placeholders.
public final class Rows {

    private final Mutiny.Session session;
    private final OutboxAppender outbox;
    private final Context context;
    private final List<OutboxAppender.Keyed> facts = new ArrayList<>();

    Rows(Mutiny.Session session, OutboxAppender outbox, Context context) {
        this.session = session;
        this.outbox = outbox;
        this.context = context;
    }

    public <T> Optional<T> find(Class<T> type, String id) {
        return Optional.ofNullable(this.<@Nullable T>step(() -> session.find(type, id)));
    }

    /// As [#find], holding the row until the transaction ends.
    public <T> Optional<T> lock(Class<T> type, String id) {
        return Optional.ofNullable(
                this.<@Nullable T>step(
                        () -> session.find(type, id, LockModeType.PESSIMISTIC_WRITE)));
    }

    public <T> List<T> list(Class<T> type, String query, Object... arguments) {
        return page(type, Integer.MAX_VALUE, query, arguments);
    }

    /// @param most how many rows at most
    public <T> List<T> page(Class<T> type, int most, String query, Object... arguments) {
        return step(
                () ->
                        bind(session.createSelectionQuery(query, type), arguments)
                                .setMaxResults(most)
                                .getResultList());
    }

    public <T> Optional<T> one(Class<T> type, String query, Object... arguments) {
        return page(type, 1, query, arguments).stream().findFirst();
    }

    /// @return how many rows were changed
    public int update(String query, Object... arguments) {
        return step(
                () -> {
                    var change = session.createMutationQuery(query);
                    for (var i = 0; i < arguments.length; i++) {
                        change.setParameter(i + 1, arguments[i]);
                    }
                    return change.executeUpdate();
                });
    }

    public void persist(Object entity) {
        step(() -> session.persist(entity));
    }

    /// Waits for a lock by name that every transaction of this service respects, and holds it
    /// until the end.
    public void exclusively(String name) {
        step(
                () ->
                        session.createNativeQuery(
                                        "select 1 from pg_advisory_xact_lock(hashtext(?1))",
                                        Integer.class)
                                .setParameter(1, name)
                                .getSingleResult());
    }

    /// Appends what a person did when the transaction commits, in the order of the calls.
    ///
    /// @param key id of the aggregate
    /// @param teamId empty where it concerns no team
    public void publish(String key, String userId, String teamId, SpecificRecordBase fact) {
        var envelope = Envelope.ofUser(userId, teamId, null, Correlation.current());
        facts.add(new OutboxAppender.Keyed(key, Facts.stamp(fact, envelope)));
    }

    void finish() {
        step(() -> facts.isEmpty() ? session.flush() : outbox.append(session, facts));
    }

    private <T extends @Nullable Object> T step(Supplier<Uni<T>> step) {
        return EntityTransactions.await(EntityTransactions.on(context, step));
    }

    private static <T> Mutiny.SelectionQuery<T> bind(
            Mutiny.SelectionQuery<T> query, Object... arguments) {
        for (var i = 0; i < arguments.length; i++) {
            query.setParameter(i + 1, arguments[i]);
        }
        return query;
    }
}
