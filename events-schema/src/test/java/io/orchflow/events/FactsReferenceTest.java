package io.orchflow.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/facts.yaml` to the topics; writes it where `-Dreference=write` is given.
class FactsReferenceTest {
    private static final Path FILE = Path.of("../docs/reference/facts.yaml");

    @Test
    void theReferenceTellsOfEveryTopicAndRecord() throws IOException {
        String yaml;
        try (var published = Files.list(Path.of("published"))) {
            yaml = new FactsReference(published).yaml();
        }
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(FILE, yaml);
        }

        assertThat(FILE)
                .as(
                        "facts changed; refresh it: mvn -f events-schema/pom.xml test"
                                + " -Dtest=FactsReferenceTest -Dreference=write")
                .hasContent(yaml);
    }
}
