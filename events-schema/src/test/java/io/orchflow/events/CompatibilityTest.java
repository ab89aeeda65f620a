package io.orchflow.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/// Every schema reads, and is read by, every version of it that was ever published
/// (`published/<record>.<n>.avsc`): old consumers and old records stay good within a topic's
/// version.
class CompatibilityTest {
    private static final Path PUBLISHED = Path.of("published");

    @Test
    void everySchemaIsCompatibleWithAllItsPublishedVersions() throws IOException {
        Map<String, List<Schema>> published = published();
        for (SpecificRecordBase record : Topics.records().toList()) {
            Schema current = record.getSchema();
            for (Schema older : published.getOrDefault(current.getFullName(), List.of())) {
                assertThat(problems(current, older)).as("reading old records").isEmpty();
                assertThat(problems(older, current)).as("old consumers reading").isEmpty();
            }
        }
    }

    @Test
    void everySchemaIsPublished() throws IOException {
        Map<String, List<Schema>> published = published();
        for (SpecificRecordBase record : Topics.records().toList()) {
            Schema current = record.getSchema();
            assertThat(published.getOrDefault(current.getFullName(), List.of()))
                    .as(
                            "%s changed: add it to events-schema/published as its next version",
                            current.getFullName())
                    .extracting(FactCodec::fingerprint)
                    .contains(FactCodec.fingerprint(current));
        }
    }

    @Test
    void aFieldWithoutADefaultIsAnIncompatibleChange() {
        Schema before = new Schema.Parser().parse(record("\"fields\": []"));
        Schema after =
                new Schema.Parser()
                        .parse(record("\"fields\": [{\"name\": \"n\", \"type\": \"int\"}]"));

        assertThat(problems(after, before)).isNotEmpty();
        assertThat(problems(before, after)).isEmpty();
    }

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"X\", " + fields + "}";
    }

    private static List<String> problems(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
                ? List.of()
                : result.getIncompatibilities().stream().map(Object::toString).toList();
    }

    private static Map<String, List<Schema>> published() throws IOException {
        try (Stream<Path> files = Files.list(PUBLISHED)) {
            return files.map(CompatibilityTest::parse)
                    .collect(Collectors.groupingBy(Schema::getFullName));
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
