package io.orchflow.outbox;

import org.apache.avro.specific.SpecificRecordBase;

/// The effect of a fact.
@FunctionalInterface
public interface FactHandler {
    /// Called in the order of the partition, in the transaction that also notes the fact as taken:
    /// a fact takes effect once. An exception rolls back; after some tries the fact becomes a dead
    /// letter.
    void handle(SpecificRecordBase fact, Tx tx);
}
