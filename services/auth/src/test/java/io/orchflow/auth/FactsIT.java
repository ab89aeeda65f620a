package io.orchflow.auth;

import static io.orchflow.auth.Api.PASSWORD;
import static io.orchflow.auth.Api.as;
import static io.orchflow.auth.Api.login;
import static io.orchflow.auth.Api.somebody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.embedded.TestInfrastructure;
import io.orchflow.events.FactCodec;
import io.orchflow.events.Facts;
import io.orchflow.events.Topic;
import io.orchflow.events.Topics;
import io.orchflow.events.UnknownFactException;
import io.orchflow.events.auth.SigningKeyState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/// Kafka is down from the start: people keep working, and every fact arrives later.
@QuarkusIntegrationTest
@QuarkusTestResource(
        value = TestInfrastructure.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "service", value = "auth"),
            @ResourceArg(name = "kafka", value = "later"),
            @ResourceArg(name = "set:ORCHFLOW_OPEN_REGISTRATION", value = "true")
        })
class FactsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whatHappenedWhileKafkaWasDownArrivesOnceInOrderAndWithoutPersonalData() throws Exception {
        given().get("/q/health/ready").then().statusCode(200);
        var ada = somebody();
        login(ada.email(), "not the password").then().statusCode(401);
        String token =
                as(ada).body(Map.of("name", "ci"))
                        .post("/api/auth/personal-access-tokens")
                        .path("id");
        as(ada).delete("/api/auth/personal-access-tokens/" + token).then().statusCode(204);
        var grace = somebody();
        as(ada).body(Map.of("email", grace.email(), "role", "member"))
                .post("/api/auth/teams/" + ada.teamId() + "/invitations")
                .then()
                .statusCode(201);
        login(grace.email(), PASSWORD).then().statusCode(200);
        var member = "/api/auth/teams/" + ada.teamId() + "/members/" + grace.userId();
        as(ada).body(Map.of("role", "viewer")).patch(member).then().statusCode(200);
        as(ada).delete(member).then().statusCode(204);
        String invitation =
                as(ada).body(Map.of("email", grace.email(), "role", "member"))
                        .post("/api/auth/teams/" + ada.teamId() + "/invitations")
                        .path("id");
        as(ada).delete("/api/auth/teams/" + ada.teamId() + "/invitations/" + invitation)
                .then()
                .statusCode(204);
        as(ada).post("/api/auth/logout").then().statusCode(204);

        TestInfrastructure.startKafka();

        var users = read(Topics.USER, 8);
        var teams = read(Topics.TEAM, 10);
        var keys = read(Topics.SIGNING_KEY_STATE, 1);
        assertThat(namesOf(users, ada.userId()))
                .containsExactly(
                        "UserRegistered",
                        "SessionStarted",
                        "SignInRefused",
                        "PersonalAccessTokenCreated",
                        "PersonalAccessTokenRevoked",
                        "SessionEnded");
        assertThat(namesOf(users, grace.userId()))
                .containsExactly("UserRegistered", "SessionStarted", "SessionStarted");
        assertThat(namesOf(teams, ada.teamId()))
                .containsExactly(
                        "TeamCreated",
                        "MemberJoined",
                        "MemberInvited",
                        "MemberJoined",
                        "MemberRoleChanged",
                        "MemberLeft",
                        "MemberInvited",
                        "InvitationWithdrawn");
        assertThat(((SigningKeyState) decode(keys.getFirst())).getPublicJwk())
                .isNotEmpty()
                .doesNotContain("\"d\"");
        Stream.of(users, teams, keys).forEach(FactsIT::gapless);
        Stream.concat(users.stream(), teams.stream())
                .forEach(fact -> assertThat(text(fact)).doesNotContain("@example.org", "Ada"));
        assertThat(users).allSatisfy(f -> assertThat(Facts.correlationId(decode(f))).isNotEmpty());
    }

    private static List<ConsumerRecord<String, byte[]>> read(Topic topic, int count) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        var partitions =
                Stream.iterate(0, i -> i + 1)
                        .limit(topic.partitions())
                        .map(i -> new TopicPartition(topic.name(), i))
                        .toList();
        try (var consumer =
                new KafkaConsumer<>(
                        settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = Instant.now().plus(PATIENCE);
            while (found.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(50)).forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(count);
        return found;
    }

    private static Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers", System.getProperty("ORCHFLOW_KAFKA_BOOTSTRAP"),
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "isolation.level", "read_committed",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"%s\" password=\"%s\";"
                                        .formatted(
                                                System.getProperty("ORCHFLOW_KAFKA_USER"),
                                                System.getProperty("ORCHFLOW_KAFKA_PASSWORD")));
    }

    private static List<String> namesOf(List<ConsumerRecord<String, byte[]>> facts, String key) {
        return facts.stream()
                .filter(fact -> fact.key().equals(key))
                .map(fact -> decode(fact).getSchema().getName())
                .toList();
    }

    private static void gapless(List<ConsumerRecord<String, byte[]>> facts) {
        var last = new HashMap<Integer, Long>();
        for (var fact : facts) {
            var number =
                    new String(
                            fact.headers().lastHeader("orchflow-number").value(),
                            StandardCharsets.UTF_8);
            assertThat(Long.parseLong(number))
                    .isEqualTo(last.merge(fact.partition(), 1L, Long::sum));
        }
    }

    private static SpecificRecordBase decode(ConsumerRecord<String, byte[]> fact) {
        try {
            return new FactCodec().decode(fact.value());
        } catch (UnknownFactException e) {
            throw new AssertionError("Unknown fact of key " + fact.key(), e);
        }
    }

    private static String text(ConsumerRecord<String, byte[]> fact) {
        return new String(fact.value(), StandardCharsets.UTF_8);
    }
}
