package io.orchflow.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// Records of any type, filled at random.
final class Specimen {
    private final Random random;

    Specimen(long seed) {
        random = new Random(seed);
    }

    SpecificRecordBase of(SpecificRecordBase type) {
        return (SpecificRecordBase) record(type.getSchema());
    }

    private Object record(Schema schema) {
        var record = (SpecificRecordBase) SpecificData.newInstance(classOf(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }

    private static Class<?> classOf(Schema schema) {
        Class<?> type = SpecificData.get().getClass(schema);
        if (type == null) {
            throw new AssertionError("no class for " + schema.getFullName());
        }
        return type;
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> Integer.toHexString(random.nextInt()) + "ü€😀";
            case INT -> random.nextInt();
            case LONG ->
                    schema.getLogicalType() == null
                            ? (Object) random.nextLong()
                            : Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE))
                                    .truncatedTo(ChronoUnit.MILLIS);
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case RECORD -> record(schema);
            case ENUM ->
                    Enum.valueOf(
                            ActorKind.class,
                            schema.getEnumSymbols()
                                    .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> List.of(must(schema.getElementType()), must(schema.getElementType()));
            case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1));
            case BYTES, FLOAT, FIXED, MAP, NULL ->
                    throw new AssertionError("facts have no " + schema.getType());
        };
    }

    private Object must(Schema schema) {
        Object value = value(schema);
        if (value == null) {
            throw new AssertionError("null in an array of " + schema);
        }
        return value;
    }

    static String json(Object record) {
        return GenericData.get().toString(record);
    }
}
