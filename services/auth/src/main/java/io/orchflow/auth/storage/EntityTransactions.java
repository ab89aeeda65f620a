package io.orchflow.auth.storage;

import io.orchflow.outbox.OutboxAppender;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// Lets a virtual thread work with entities step by step: every step runs on the one event loop to
/// which Hibernate Reactive binds a session, and the virtual thread waits for it.
@Singleton
public class EntityTransactions {

    private final Mutiny.SessionFactory sessions;
    private final OutboxAppender outbox;
    private final VertxInternal vertx;

    EntityTransactions(Mutiny.SessionFactory sessions, OutboxAppender outbox, Vertx vertx) {
        this.sessions = sessions;
        this.outbox = outbox;
        this.vertx = (VertxInternal) vertx;
    }

    /// Runs the work in a transaction of isolation READ COMMITTED, in which its facts are appended
    /// last; rolls back on any exception and throws it on. Not on an event loop.
    public <T extends @Nullable Object> T run(Function<Rows, T> work) {
        var context = VertxContext.createNewDuplicatedContext(vertx.createEventLoopContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        var session = await(on(context, sessions::openSession));
        try {
            return inTransaction(context, session, work);
        } finally {
            await(on(context, session::close));
        }
    }

    private <T extends @Nullable Object> T inTransaction(
            Context context, Mutiny.Session session, Function<Rows, T> work) {
        var begun = new CompletableFuture<@Nullable Void>();
        var decided = new CompletableFuture<@Nullable Void>();
        var ended = on(context, () -> session.withTransaction(_ -> until(begun, decided)));
        await(CompletableFuture.anyOf(begun, ended));
        try {
            var rows = new Rows(session, outbox, context);
            var result = work.apply(rows);
            rows.finish();
            context.runOnContext(_ -> decided.complete(null));
            await(ended);
            return result;
        } catch (RuntimeException | Error e) {
            context.runOnContext(_ -> decided.completeExceptionally(e));
            ended.exceptionally(_ -> null).join();
            throw e;
        }
    }

    private static Uni<@Nullable Void> until(
            CompletableFuture<@Nullable Void> begun, CompletableFuture<@Nullable Void> decided) {
        begun.complete(null);
        return Uni.createFrom().completionStage(decided);
    }

    static <T extends @Nullable Object> CompletableFuture<T> on(
            Context context, Supplier<Uni<T>> step) {
        var done = new CompletableFuture<T>();
        context.runOnContext(_ -> start(step, done));
        return done;
    }

    private static <T extends @Nullable Object> void start(
            Supplier<Uni<T>> step, CompletableFuture<T> done) {
        try {
            step.get().subscribe().with(done::complete, done::completeExceptionally);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> step) {
        try {
            return step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
