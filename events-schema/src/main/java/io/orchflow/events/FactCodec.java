package io.orchflow.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/// Avro single-object encoding (Avro specification, "Single-object encoding"): the marker C3
/// 01, the CRC-64 fingerprint of the writer's schema in little endian, then the record.
public final class FactCodec {
    private static final int HEADER = 10;

    private final SchemaLookup published;
    private final Map<Long, Schema> known = new HashMap<>();

    /// @param published asked for the schemas of other builds
    public FactCodec(SchemaLookup published) {
        this.published = published;
        Topics.records().forEach(r -> known.put(fingerprint(r.getSchema()), r.getSchema()));
    }

    /// A codec for readers that know only the schemas of this build.
    public FactCodec() {
        this(fingerprint -> null);
    }

    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    public static byte[] encode(SpecificRecordBase fact) {
        var out = new ByteArrayOutputStream(256);
        var header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0xC3).put((byte) 0x01).putLong(fingerprint(fact.getSchema()));
        out.writeBytes(header.array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecordBase>(fact.getSchema(), fact.getSpecificData())
                    .write(fact, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// @throws UnknownFactException the writer's schema is not known (yet), or this build
    /// has no such record
    /// @throws IllegalArgumentException the bytes are not a fact at all: a poison record
    public SpecificRecordBase decode(byte[] bytes) throws UnknownFactException {
        if (bytes.length < HEADER || bytes[0] != (byte) 0xC3 || bytes[1] != (byte) 0x01) {
            throw new IllegalArgumentException(
                    "no Avro single-object header in " + bytes.length + " bytes");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        Schema writer = known.get(fingerprint);
        if (writer == null) {
            writer = published.find(fingerprint);
        }
        if (writer == null) {
            throw new UnknownFactException(
                    "no schema with fingerprint %016x".formatted(fingerprint));
        }
        Schema reader = Topics.schemaNamed(writer.getFullName());
        if (reader == null) {
            throw new UnknownFactException(
                    "no record type " + writer.getFullName() + " in this build");
        }
        var decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
        try {
            return new SpecificDatumReader<SpecificRecordBase>(
                            writer, reader, Topics.dataOf(reader))
                    .read(null, decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "not a " + writer.getFullName() + ": " + e.getMessage(), e);
        }
    }
}
