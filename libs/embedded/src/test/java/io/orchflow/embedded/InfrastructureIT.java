package io.orchflow.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real servers, as `./orchflow up` starts them.
class InfrastructureIT {

    @Test
    void postgresKeepsSchemasApartAndDataAcrossRestarts(@TempDir Path folder) throws Exception {
        EmbeddedPostgres.Role auth;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            auth = postgres.createRole("auth");
            postgres.createRole("terminal");
            try (var connection = connect(postgres, auth);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (word text)");
                statement.execute("INSERT INTO kept VALUES ('hello')");
                assertThrows(
                        SQLException.class,
                        () -> statement.execute("CREATE TABLE terminal.intruder (x int)"));
                assertThrows(
                        SQLException.class,
                        () -> statement.execute("CREATE TABLE public.intruder (x int)"));
                assertEquals("on", value(connection, "SHOW fsync"));
                assertTrue(value(connection, "SHOW server_version").startsWith("18."));
            }
            var wrong = new EmbeddedPostgres.Role(auth.database(), "auth", "guessed");
            assertThrows(SQLException.class, () -> connect(postgres, wrong));
        }
        try (var postgres = EmbeddedPostgres.start(folder);
                var connection = connect(postgres, auth)) {
            assertEquals(auth, postgres.createRole("auth"));
            assertEquals("hello", value(connection, "SELECT word FROM auth.kept"));
        }
    }

    @Test
    void redisWantsItsPasswordAndKeepsItsData(@TempDir Path folder) throws Exception {
        try (var redis = EmbeddedRedis.start(folder)) {
            assertTrue(redis.answers());
            assertTrue(ask(redis, "PING").startsWith("-NOAUTH"));
            assertEquals("+OK", ask(redis, "AUTH " + password(redis), "SET kept hello"));
        }
        try (var redis = EmbeddedRedis.start(folder)) {
            assertEquals("$5", ask(redis, "AUTH " + password(redis), "GET kept"));
        }
    }

    @Test
    void kafkaCommitsTransactionsAndKeepsThemAcrossRestarts(@TempDir Path folder) throws Exception {
        var topic = new EmbeddedKafka.Topic("facts", 2, false);
        try (var kafka = EmbeddedKafka.start(folder, List.of(topic))) {
            try (var producer = new KafkaProducer<String, String>(producer(kafka))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("facts", 0, "key", "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("facts", 0, "key", "kept")).get();
                producer.commitTransaction();
            }
            kafka.stop();
            kafka.start();
            assertEquals("kept", firstCommitted(kafka));
        }
    }

    @Test
    void kafkaRefusesStrangersAndUnknownTopics(@TempDir Path folder) throws Exception {
        try (var kafka =
                EmbeddedKafka.start(folder, List.of(new EmbeddedKafka.Topic("facts", 1, false)))) {
            var wrong = new HashMap<>(client(kafka));
            wrong.put("sasl.jaas.config", jaas("guessed"));
            try (var admin = Admin.create(wrong)) {
                assertThrows(
                        Exception.class, () -> admin.listTopics().names().get(5, TimeUnit.SECONDS));
            }
            try (var admin = Admin.create(client(kafka))) {
                assertThrows(
                        Exception.class,
                        () -> admin.describeTopics(List.of("unknown")).allTopicNames().get());
                assertEquals(
                        java.util.Set.of("facts"),
                        admin.listTopics().names().get(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aChildThatDoesNotStartSaysWhy(@TempDir Path folder) throws Exception {
        try (var first = EmbeddedRedis.start(folder.resolve("first"))) {
            int taken = java.net.URI.create(first.url()).getPort();
            var second =
                    EmbeddedRedis.prepare(
                            folder.resolve("second"),
                            taken,
                            folder.resolve("second.log"),
                            Secrets.in(folder.resolve("secrets")));
            var failure =
                    assertThrows(
                            IllegalStateException.class,
                            () -> second.startAndAwait(Duration.ofSeconds(5)));
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("Address already in use"),
                    failure.getMessage());
        }
        assertEquals("rw-------", modeOf(folder.resolve("secrets/redis")));
    }

    private static Connection connect(EmbeddedPostgres postgres, EmbeddedPostgres.Role role)
            throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(role.database()), role.user(), role.password());
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String password(EmbeddedRedis redis) {
        return java.net.URI.create(redis.url()).getUserInfo().substring(1);
    }

    /// The first line of the answer to the last command.
    private static String ask(EmbeddedRedis redis, String... commands) throws Exception {
        var address = java.net.URI.create(redis.url());
        try (var socket = new java.net.Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5000);
            var in =
                    new java.io.BufferedReader(
                            new java.io.InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            String answer = "";
            for (String command : commands) {
                socket.getOutputStream()
                        .write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                answer = in.readLine();
            }
            return answer;
        }
    }

    private static String firstCommitted(EmbeddedKafka kafka) {
        var settings = new HashMap<String, Object>(client(kafka));
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", StringDeserializer.class);
        try (var consumer = new KafkaConsumer<String, String>(settings)) {
            consumer.assign(List.of(new TopicPartition("facts", 0)));
            consumer.seekToBeginning(consumer.assignment());
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (System.nanoTime() < deadline) {
                for (var message : consumer.poll(Duration.ofMillis(50))) {
                    return message.value();
                }
            }
        }
        return "nothing";
    }

    private static Map<String, Object> producer(EmbeddedKafka kafka) {
        var settings = new HashMap<>(client(kafka));
        settings.put("transactional.id", "test");
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", StringSerializer.class);
        return settings;
    }

    private static Map<String, Object> client(EmbeddedKafka kafka) {
        return Map.of(
                "bootstrap.servers",
                kafka.bootstrap(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                jaas(kafka.password()));
    }

    private static String jaas(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"orchflow\" password=\"%s\";"
                .formatted(password);
    }

    private static String modeOf(Path file) throws Exception {
        return java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file));
    }
}
