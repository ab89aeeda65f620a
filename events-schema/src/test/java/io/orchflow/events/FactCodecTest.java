package io.orchflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchflow.events.workspaces.WorkspaceStarted;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class FactCodecTest {
    private final FactCodec codec = new FactCodec();

    @Test
    void everyRecordComesBackAsItWas() throws UnknownFactException {
        var specimen = new Specimen(42);
        for (SpecificRecordBase type : Topics.records().toList()) {
            for (int i = 0; i < 20; i++) {
                SpecificRecordBase fact = specimen.of(type);

                assertThat(codec.decode(FactCodec.encode(fact))).isEqualTo(fact);
            }
        }
    }

    @Test
    void anyAvroReaderUnderstandsTheEncoding() throws Exception {
        SpecificRecordBase fact = new Specimen(1).of(new WorkspaceStarted());

        byte[] ours = FactCodec.encode(fact);
        var theirs =
                new BinaryMessageEncoder<SpecificRecordBase>(
                                fact.getSpecificData(), fact.getSchema())
                        .encode(fact);

        assertThat(ByteBuffer.wrap(ours)).isEqualTo(theirs);
    }

    @Test
    void aNewerProducerIsReadByItsPublishedSchema() throws Exception {
        Schema today = new WorkspaceStarted().getSchema();
        Schema tomorrow = withOneMoreField(today);
        var written = new GenericData.Record(tomorrow);
        SpecificRecordBase fact = new Specimen(7).of(new WorkspaceStarted());
        today.getFields().forEach(f -> written.put(f.name(), fact.get(f.pos())));
        written.put("region", "eu");
        ByteBuffer encoded =
                new BinaryMessageEncoder<GenericData.Record>(fact.getSpecificData(), tomorrow)
                        .encode(written);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Map<Long, Schema> published = new HashMap<>();
        var reader = new FactCodec(published::get);

        assertThatThrownBy(() -> reader.decode(bytes)).isInstanceOf(UnknownFactException.class);
        published.put(FactCodec.fingerprint(tomorrow), tomorrow);

        assertThat(reader.decode(bytes)).isEqualTo(fact);
    }

    private static Schema withOneMoreField(Schema schema) {
        var fields = schema.getFields().stream().map(f -> new Schema.Field(f, f.schema())).toList();
        var more = new ArrayList<>(fields);
        more.add(new Schema.Field("region", Schema.create(Schema.Type.STRING), "where", ""));
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, more);
    }

    @Test
    void anUnknownRecordTypeIsToldFromPoison() {
        Schema foreign =
                SchemaBuilder.record("RocketLaunched")
                        .namespace("io.orchflow.events.space")
                        .fields()
                        .requiredString("rocket")
                        .endRecord();
        byte[] bytes = new byte[20];
        bytes[0] = (byte) 0xC3;
        bytes[1] = 0x01;
        var knowsForeign = new FactCodec(fingerprint -> foreign);

        assertThatThrownBy(() -> knowsForeign.decode(bytes))
                .isInstanceOf(UnknownFactException.class)
                .hasMessageContaining("RocketLaunched");
    }

    @Test
    void poisonIsRefusedWithAReason() {
        byte[] whole = FactCodec.encode(new Specimen(3).of(new WorkspaceStarted()));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> codec.decode(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WorkspaceStarted");
    }
}
