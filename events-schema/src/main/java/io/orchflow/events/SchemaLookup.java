package io.orchflow.events;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Schemas that other builds wrote with, by their Avro CRC-64 fingerprint.
@FunctionalInterface
public interface SchemaLookup {
    /// @return null if no producer has published such a schema yet
    @Nullable Schema find(long fingerprint);
}
