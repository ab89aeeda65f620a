package io.orchflow.events;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/// Ids of everything that orchflow names: UUIDv7 (RFC 9562), so that they sort by the time they
/// were made.
public final class Ids {
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private Ids() {}

    /// A new id, 36 characters, lower case; later ones of the same process sort after earlier ones.
    public static String next() {
        return GENERATOR.generate().toString();
    }
}
