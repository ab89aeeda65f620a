package io.orchflow.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.events.auth.UserRegistered;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void everyTopicIsNamedAfterItsOwner() {
        for (Topic topic : Topics.all()) {
            assertThat(topic.name()).startsWith("orchflow." + topic.owner() + ".");
            assertThat(topic.compacted()).isEqualTo(topic.name().contains(".state."));
        }
    }

    @Test
    void everyRecordCarriesTheEnvelopeAndADocumentedPast() {
        for (SpecificRecordBase record : Topics.records().toList()) {
            Schema schema = record.getSchema();
            assertThat(schema.getFields())
                    .extracting(Schema.Field::name)
                    .as(schema.getFullName())
                    .startsWith(
                            "eventId",
                            "occurredAt",
                            "teamId",
                            "workspaceId",
                            "actor",
                            "correlationId",
                            "causationId");
            assertThat(schema.getFields())
                    .as(schema.getFullName())
                    .allSatisfy(f -> assertThat(f.doc()).isNotBlank());
        }
    }

    @Test
    void statesCarryAVersion() {
        for (Topic topic : Topics.all()) {
            for (Schema schema : Topics.schemasOf(topic)) {
                assertThat(schema.getField("version") != null)
                        .as(schema.getFullName())
                        .isEqualTo(topic.compacted());
            }
        }
    }

    @Test
    void noFactHoldsWhatBelongsToItsOwnerAlone() {
        for (SpecificRecordBase record : Topics.records().toList()) {
            assertThat(record.getSchema().getFields())
                    .extracting(Schema.Field::name)
                    .doesNotContain("email", "text", "prompt", "password", "token", "arguments");
        }
    }

    /// A changed partitioner would break the order of every key that moves.
    @Test
    void theOldPartitionsOfKeysStay() {
        assertThat(Topics.SWARM.partitionOf("0199f3a0-0000-7000-8000-000000000001")).isEqualTo(2);
        assertThat(Topics.SWARM.partitionOf("")).isEqualTo(1);
        assertThat(Topics.SWARM.partitionOf("ü")).isEqualTo(2);
    }

    @Test
    void stampFillsTheEnvelope() {
        Instant noon = Instant.parse("2026-11-22T12:00:00.123456Z");
        var envelope = Envelope.ofUser("u1", "t1", "w1", "c1");

        var fact = Facts.stamp(new UserRegistered(), envelope, Clock.fixed(noon, ZoneOffset.UTC));

        assertThat(fact.getOccurredAt()).isEqualTo(Instant.parse("2026-11-22T12:00:00.123Z"));
        assertThat(fact.getActor()).isEqualTo(new Actor(ActorKind.USER, "u1"));
        assertThat(fact.getTeamId()).isEqualTo("t1");
        assertThat(fact.getWorkspaceId()).isEqualTo("w1");
        assertThat(fact.getCorrelationId()).isEqualTo("c1");
        assertThat(fact.getCausationId()).isNull();
        assertThat(fact.getEventId()).hasSize(36);
    }

    @Test
    void idsSortByTime() {
        String earlier = Ids.next();
        for (int i = 0; i < 1_000; i++) {
            String later = Ids.next();
            assertThat(later).isGreaterThan(earlier);
            earlier = later;
        }
    }
}
