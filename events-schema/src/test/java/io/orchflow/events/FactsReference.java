package io.orchflow.events;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/// The AsyncAPI document of all topics and their records, made from [Topics] and the published
/// schemas (of each the newest, since those need no other file to be read).
final class FactsReference {
    private static final String PUBLISHED = "../../events-schema/published/";

    private static final Map<Topic, String> KEYS =
            Map.of(
                    Topics.USER, "userId",
                    Topics.TEAM, "teamId",
                    Topics.SIGNING_KEY_STATE, "keyId",
                    Topics.WORKSPACE, "workspaceId",
                    Topics.WORKSPACE_STATE, "workspaceId",
                    Topics.PANE, "paneId; workspaceId for what concerns no single pane",
                    Topics.CONVERSATION, "conversationId",
                    Topics.SWARM, "swarmId");

    private static final String HEAD =
            """
            # Made by FactsReferenceTest of events-schema; not to be edited.
            asyncapi: 3.0.0
            info:
              title: orchflow facts
              version: '1'
              description: |-
                What happened, in the past tense, on Kafka. Each topic is written by one service, named in its address. The
                partition is FNV-1a (32 bits) of the key in UTF-8, modulo the partition count, which never changes within a
                version. Consumers read committed only. Records hold ids and digests, never e-mail, chat text, prompts or
                arguments. Fields are only added, with a default; an unknown record type is to be skipped.
            defaultContentType: application/avro
            channels:
            """;

    private static final String COMPONENTS =
            """
            components:
              messageTraits:
                Fact:
                  contentType: application/avro
                  headers:
                    $ref: '#/components/schemas/Headers'
              schemas:
                Headers:
                  description: CloudEvents 1.0 in binary mode (UTF-8), and the number of the record.
                  type: object
                  required: [ce_specversion, ce_id, ce_type, ce_source, ce_time, ce_correlationid, content-type, orchflow-number]
                  properties:
                    ce_specversion:
                      const: '1.0'
                    ce_id:
                      type: string
                      description: eventId of the fact, a UUIDv7
                    ce_type:
                      type: string
                      description: full name of the record type
                    ce_source:
                      type: string
                      description: /orchflow/ and the topic
                    ce_time:
                      type: string
                      format: date-time
                      description: occurredAt of the fact
                    ce_correlationid:
                      type: string
                      description: the same from a request to its last consequence
                    content-type:
                      const: application/avro
                    orchflow-number:
                      type: string
                      pattern: ^[1-9][0-9]*$
                      description: number of the record in its topic and partition, without gaps, in the order of commits
              messages:
                Schema:
                  name: Schema
                  summary: An Avro schema.
                  contentType: application/json
                  payload:
                    type: object
                    description: the schema as Avro writes it in JSON
                  bindings:
                    kafka:
                      key:
                        type: string
                        description: CRC-64-AVRO fingerprint of its parsing canonical form, 16 hex digits
                        pattern: ^[0-9a-f]{16}$
                      bindingVersion: 0.5.0
            """;

    /// The names of the published files.
    private final List<String> published;

    FactsReference(Stream<Path> published) {
        this.published = published.map(file -> file.getFileName().toString()).toList();
    }

    String yaml() {
        return HEAD
                + texts(FactsReference::channel)
                + schemaChannel()
                + "operations:\n"
                + texts(FactsReference::operation)
                + COMPONENTS
                + texts(this::messages);
    }

    private static String texts(Function<Topic, String> text) {
        return Topics.all().stream().map(text).collect(Collectors.joining());
    }

    private static String channel(Topic topic) {
        return """
              %1$s:
                address: %1$s
                description: >-
                  %2$s Key: %3$s. Records that a consumer cannot take go to %4$s, with the headers
                  orchflow-error and orchflow-consumer.
                messages:
            %5$s    bindings:
                  kafka:
                    topic: %1$s
                    partitions: %6$d
                    topicConfiguration:
                      %7$s
                    bindingVersion: 0.5.0
            """
                .formatted(
                        topic.name(),
                        topic.compacted()
                                ? "The latest state per key; a lower version is to be ignored, a"
                                        + " delete is a record first and a tombstone later."
                                : "Every fact, kept for good.",
                        key(topic),
                        topic.deadLetters(),
                        Topics.schemasOf(topic).stream()
                                .map(FactsReference::reference)
                                .collect(Collectors.joining()),
                        topic.partitions(),
                        topic.compacted() ? "cleanup.policy: [compact]" : "retention.ms: -1");
    }

    private static String schemaChannel() {
        return """
              orchflow.schemas.v1:
                address: orchflow.schemas.v1
                description: Every producer puts its schemas here before its first fact, so that older consumers read newer producers.
                messages:
                  Schema:
                    $ref: '#/components/messages/Schema'
                bindings:
                  kafka:
                    topic: orchflow.schemas.v1
                    partitions: %d
                    topicConfiguration:
                      cleanup.policy: [compact]
                    bindingVersion: 0.5.0
            """
                .formatted(Topics.SCHEMAS.partitions());
    }

    private static String reference(Schema schema) {
        return """
                  %1$s:
                    $ref: '#/components/messages/%1$s'
            """
                .formatted(schema.getName());
    }

    private static String operation(Topic topic) {
        return """
              %1$s.send:
                action: send
                summary: Sent by %2$s.
                channel:
                  $ref: '#/channels/%1$s'
            """
                .formatted(topic.name(), topic.owner());
    }

    private String messages(Topic topic) {
        return Topics.schemasOf(topic).stream()
                .map(schema -> message(topic, schema))
                .collect(Collectors.joining());
    }

    private String message(Topic topic, Schema schema) {
        return """
                %1$s:
                  name: %2$s
                  summary: %3$s
                  traits:
                    - $ref: '#/components/messageTraits/Fact'
                  payload:
                    schemaFormat: application/vnd.apache.avro+json;version=1.9.0
                    schema:
                      $ref: %4$s
                  bindings:
                    kafka:
                      key:
                        type: string
                        description: %5$s
                      bindingVersion: 0.5.0
            """
                .formatted(
                        schema.getName(),
                        schema.getFullName(),
                        quoted(schema.getDoc()),
                        PUBLISHED + newest(schema),
                        key(topic));
    }

    private String newest(Schema schema) {
        var prefix = schema.getFullName() + ".";
        for (int version = published.size(); version > 0; version--) {
            var file = prefix + version + ".avsc";
            if (published.contains(file)) {
                return file;
            }
        }
        throw new AssertionError("no published file of " + schema.getFullName());
    }

    private static String key(Topic topic) {
        var key = KEYS.get(topic);
        if (key == null) {
            throw new AssertionError(
                    "FactsReference does not say what the key of " + topic + " is");
        }
        return key;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
