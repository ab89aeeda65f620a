package io.orchflow.outbox;

import org.jspecify.annotations.Nullable;

/// What happens inside one database transaction.
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
    T in(Tx tx);
}
