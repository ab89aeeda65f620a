package io.orchflow.events;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/// Reads and fills the envelope that all generated records have in common (Avro has no
/// inheritance).
public final class Facts {
    private Facts() {}

    /// Fills the envelope of a record: a new `eventId`, `occurredAt` by the clock in
    /// milliseconds, the rest as given.
    ///
    /// @return the same record
    public static <T extends SpecificRecordBase> T stamp(T fact, Envelope envelope, Clock clock) {
        String correlationId = envelope.correlationId();
        put(fact, "eventId", Ids.next());
        put(fact, "occurredAt", Instant.now(clock).truncatedTo(ChronoUnit.MILLIS));
        put(fact, "teamId", envelope.teamId());
        put(fact, "actor", envelope.actor());
        put(fact, "correlationId", correlationId == null ? Ids.next() : correlationId);
        String workspaceId = envelope.workspaceId();
        if (workspaceId != null) {
            put(fact, "workspaceId", workspaceId);
        }
        String causationId = envelope.causationId();
        if (causationId != null) {
            put(fact, "causationId", causationId);
        }
        return fact;
    }

    /// As {@link #stamp(SpecificRecordBase, Envelope, Clock)}, by the system's clock.
    public static <T extends SpecificRecordBase> T stamp(T fact, Envelope envelope) {
        return stamp(fact, envelope, Clock.systemUTC());
    }

    public static String eventId(SpecificRecordBase fact) {
        return (String) fact.get(position(fact, "eventId"));
    }

    public static String teamId(SpecificRecordBase fact) {
        return (String) fact.get(position(fact, "teamId"));
    }

    public static String correlationId(SpecificRecordBase fact) {
        return (String) fact.get(position(fact, "correlationId"));
    }

    public static Instant occurredAt(SpecificRecordBase fact) {
        return (Instant) fact.get(position(fact, "occurredAt"));
    }

    private static void put(SpecificRecordBase fact, String field, Object value) {
        fact.put(position(fact, field), value);
    }

    private static int position(SpecificRecordBase fact, String name) {
        Schema.Field field = fact.getSchema().getField(name);
        if (field == null) {
            throw new IllegalArgumentException(
                    "%s has no field %s: it is not a fact"
                            .formatted(fact.getSchema().getFullName(), name));
        }
        return field.pos();
    }
}
