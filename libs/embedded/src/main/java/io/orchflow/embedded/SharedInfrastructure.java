package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL, Redis and Kafka per test JVM, started when first asked for and stopped when the
/// JVM ends. Used through [TestInfrastructure], which makes sure that every class loader meets the
/// same ones.
public final class SharedInfrastructure {
    private static final List<String> SERVICES =
            List.of("gateway", "auth", "workspaces", "terminal", "orchestration");
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable SharedInfrastructure instance;

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;
    private final Certificates certificates;
    private @Nullable EmbeddedKafka kafka;

    private SharedInfrastructure() throws IOException {
        folder = Files.createTempDirectory("orchflow-test");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-infrastructure"));
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        redis = EmbeddedRedis.start(folder.resolve("redis"));
        certificates = Certificates.in(folder.resolve("tls"), SERVICES);
    }

    /// The environment for one test class: a fresh database for `service`.
    ///
    /// @param broker `true` starts Kafka now, `later` gives its address only, `false` gives nothing
    public static Map<String, String> environment(String service, String broker) {
        return get().fresh(service, broker);
    }

    public static void startKafka() {
        get().kafka().start();
    }

    public static void stopKafka() {
        get().kafka().stop();
    }

    private static synchronized SharedInfrastructure get() {
        try {
            if (instance == null) {
                instance = new SharedInfrastructure();
            }
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for tests", e);
        }
    }

    private synchronized EmbeddedKafka kafka() {
        if (kafka == null) {
            Path home = folder.resolve("kafka");
            kafka =
                    EmbeddedKafka.prepare(
                            home,
                            Ports.free(),
                            home.resolve("kafka.log"),
                            Secrets.in(home.resolve("secrets")),
                            FactTopics.all(),
                            EmbeddedKafka.underTest());
        }
        return kafka;
    }

    private Map<String, String> fresh(String service, String broker) {
        String database = "test_" + DATABASES.incrementAndGet();
        postgres.createDatabase(database);
        var role = postgres.createRole(database, service);
        int number = DATABASES.get();
        Path runtime = folder.resolve("run" + number);
        Path volumes = folder.resolve("volumes" + number);
        Secrets.makePrivateFolder(runtime);
        Secrets.makePrivateFolder(volumes);

        var environment = new HashMap<String, String>();
        environment.put("ORCHFLOW_POSTGRES_URL", postgres.url(database));
        environment.put("ORCHFLOW_POSTGRES_JDBC_URL", postgres.jdbcUrl(database));
        environment.put("ORCHFLOW_POSTGRES_USER", role.user());
        environment.put("ORCHFLOW_POSTGRES_PASSWORD", role.password());
        environment.put("ORCHFLOW_REDIS_URL", redis.url());
        environment.put("ORCHFLOW_INTERNAL_SECRET", "test-internal-secret");
        environment.put("ORCHFLOW_AUTH_KEY_SECRET", "test-secret-of-signing-keys");
        environment.put("ORCHFLOW_MODELS_SECRET", "test-secret-of-model-keys");
        environment.put("ORCHFLOW_TLS_DIR", certificates.serviceFolder(service).toString());
        environment.put("ORCHFLOW_RUNTIME_DIR", runtime.toString());
        environment.put(
                "ORCHFLOW_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        environment.put("ORCHFLOW_WORKSPACES_DIR", volumes.toString());
        environment.put("ORCHFLOW_AGENT_CA_DIR", certificates.agentAuthorityFolder().toString());
        addKafka(environment, broker);
        return environment;
    }

    private void addKafka(Map<String, String> environment, String broker) {
        switch (broker) {
            case "true" -> kafka().start();
            case "later" -> kafka();
            case "false" -> {
                return;
            }
            default ->
                    throw new IllegalArgumentException(
                            "kafka is true, later or false, not " + broker);
        }
        environment.put("ORCHFLOW_KAFKA_BOOTSTRAP", kafka().bootstrap());
        environment.put("ORCHFLOW_KAFKA_USER", kafka().user());
        environment.put("ORCHFLOW_KAFKA_PASSWORD", kafka().password());
    }

    private void stop() {
        if (kafka != null) {
            kafka.close();
        }
        redis.close();
        postgres.close();
        try {
            Packages.delete(folder);
        } catch (IOException e) {
            // The temporary folder stays behind; the machine's own cleaning finds it.
            return;
        }
    }
}
