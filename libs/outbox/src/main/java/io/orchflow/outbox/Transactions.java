package io.orchflow.outbox;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Explicit SQL in blocking style for virtual threads, on the reactive client. Facts that a
/// transaction publishes become rows of the outbox as its last statements.
@Singleton
public class Transactions {
    private final Pool pool;
    private final String service;
    private final RelaySignal signal;

    /// @param service owner of the topics that facts may go to
    @Inject
    public Transactions(
            Pool pool,
            @ConfigProperty(name = "quarkus.application.name") String service,
            RelaySignal signal) {
        this.pool = pool;
        this.service = service;
        this.signal = signal;
    }

    /// Runs the work in a transaction of isolation READ COMMITTED; rolls back on any exception and
    /// throws it on.
    ///
    /// @throws IllegalStateException on an event loop thread
    public <T extends @Nullable Object> T inTransaction(Work<T> work) {
        SqlConnection connection = Await.result(pool.getConnection());
        try {
            Transaction transaction = Await.result(connection.begin());
            var tx = new Tx(connection, service);
            T result;
            boolean published;
            try {
                result = work.in(tx);
                published = tx.appendEntries();
            } catch (RuntimeException | Error e) {
                rollback(transaction, e);
                throw e;
            }
            Await.result(transaction.commit());
            if (published) {
                signal.raise();
            }
            return result;
        } finally {
            connection.close();
        }
    }

    /// As {@link #inTransaction(Work)}, for work without a result.
    public void execute(Consumer<Tx> work) {
        boolean done =
                inTransaction(
                        tx -> {
                            work.accept(tx);
                            return true;
                        });
        assert done;
    }

    private static void rollback(Transaction transaction, Throwable cause) {
        try {
            Await.result(transaction.rollback());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /// Runs statements without a transaction: each sees what was committed before it.
    ///
    /// @throws IllegalStateException the work published a fact
    public <T extends @Nullable Object> T read(Work<T> work) {
        SqlConnection connection = Await.result(pool.getConnection());
        try {
            var tx = new Tx(connection, service);
            T result = work.in(tx);
            if (tx.publishesAnything()) {
                throw new IllegalStateException("a fact was published outside a transaction");
            }
            return result;
        } finally {
            connection.close();
        }
    }
}
