package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Apache Kafka 4.1 (KRaft, one node) on 127.0.0.1 in a process of its own, on a JVM or as a native
/// executable: SASL PLAIN for clients and controller, transactions, no automatic topics. It answers
/// once every given topic is there.
public final class EmbeddedKafka implements Infrastructure, AutoCloseable {
    private static final String USER = "orchflow";
    private static final String JARS = "/orchflow-broker/";
    private static final String MAIN = "io/orchflow/embedded/broker/BrokerProcess";
    private static final String LOGGING = "orchflow-broker-log4j2.properties";
    private static final Duration START = Duration.ofSeconds(90);

    /// Of the heap and beside it, however it is started.
    private static final List<String> BOUNDS = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");

    /// @param compacted latest value per key is kept, instead of everything for a time
    public record Topic(String name, int partitions, boolean compacted) {}

    private final Path folder;
    private final int port;
    private final Path log;
    private final Secrets secrets;
    private final List<String> program;
    private @Nullable Child child;

    private EmbeddedKafka(Path folder, int port, Path log, Secrets secrets, List<String> program) {
        this.folder = folder;
        this.port = port;
        this.log = log;
        this.secrets = secrets;
        this.program = List.copyOf(program);
    }

    /// The broker on this program's JVM.
    ///
    /// @param options more options for it
    public static List<String> onJvm(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms48m"));
        command.addAll(BOUNDS);
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        unpack() + "/*",
                        MAIN.replace('/', '.')));
        return command;
    }

    /// The broker as a native executable.
    public static List<String> executable(Path file) {
        var command = new ArrayList<String>();
        command.add(file.toString());
        command.addAll(BOUNDS);
        command.add("-Dlog4j2.configurationFile=classpath:" + LOGGING);
        return command;
    }

    /// For tests: the executable where they are to run on executables, else the jars.
    static List<String> underTest() {
        return PackagedService.executable("broker")
                .map(EmbeddedKafka::executable)
                .orElseGet(() -> onJvm(List.of()));
    }

    /// @param program what [#onJvm] or [#executable] gives
    public static EmbeddedKafka prepare(
            Path folder,
            int port,
            Path log,
            Secrets secrets,
            List<Topic> topics,
            List<String> program) {
        Secrets.makePrivateFolder(folder);
        var kafka = new EmbeddedKafka(folder.toAbsolutePath(), port, log, secrets, program);
        try {
            kafka.configure(topics);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Kafka in " + folder, e);
        }
        return kafka;
    }

    /// Prepares, starts and waits; a free port, secrets in `folder/secrets`.
    public static EmbeddedKafka start(Path folder, List<Topic> topics) {
        var kafka =
                prepare(
                        folder,
                        Ports.free(),
                        folder.resolve("kafka.log"),
                        Secrets.in(folder.resolve("secrets")),
                        topics,
                        underTest());
        kafka.start();
        return kafka;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return secrets.get("kafka");
    }

    /// Starts it (again, on the same port and data) and waits until it answers.
    public synchronized void start() {
        if (child == null || !child.isAlive()) {
            child = startAndAwait(START);
        }
    }

    @Override
    public ChildSpec child() {
        try {
            Files.deleteIfExists(ready());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + ready(), e);
        }
        var command = new ArrayList<>(program);
        for (String file : List.of("server.properties", "client.properties", "topics", "ready")) {
            command.add(folder.resolve(file).toString());
        }
        return new ChildSpec(
                "kafka",
                List.of(),
                command,
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                log,
                ChildSpec.Stop.TERM,
                Duration.ofMinutes(1));
    }

    @Override
    public boolean answers() {
        return Files.exists(ready());
    }

    /// Stops it in order; [#start()] brings it back.
    public synchronized void stop() {
        if (child != null) {
            child.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private Path ready() {
        return folder.resolve("ready");
    }

    private void configure(List<Topic> topics) throws IOException {
        int controller = Ports.free();
        String clusterId = secrets.getOr("kafka-cluster-id", EmbeddedKafka::freshClusterId);
        String login =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
                        .formatted(USER, password());
        String jaas = login + " user_%s=\"%s\";".formatted(USER, password());
        Secrets.writePrivate(
                folder.resolve("server.properties"),
                """
            orchflow.cluster.id=%s
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%d
            listeners=CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
            advertised.listeners=CLIENTS://127.0.0.1:%d
            listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
            inter.broker.listener.name=CLIENTS
            controller.listener.names=CONTROLLER
            sasl.enabled.mechanisms=PLAIN
            sasl.mechanism.inter.broker.protocol=PLAIN
            sasl.mechanism.controller.protocol=PLAIN
            listener.name.clients.plain.sasl.jaas.config=%s
            listener.name.controller.plain.sasl.jaas.config=%s
            log.dirs=data
            auto.create.topics.enable=false
            num.network.threads=2
            num.io.threads=2
            background.threads=2
            num.recovery.threads.per.data.dir=2
            log.cleaner.dedupe.buffer.size=8388608
            log.segment.bytes=67108864
            log.index.size.max.bytes=1048576
            offsets.topic.num.partitions=4
            offsets.topic.replication.factor=1
            transaction.state.log.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            controlled.shutdown.max.retries=1
            """
                        .formatted(clusterId, controller, port, controller, port, jaas, jaas));
        Secrets.writePrivate(
                folder.resolve("client.properties"),
                """
                bootstrap.servers=127.0.0.1:%d
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=%s;
                """
                        .formatted(port, login));
        Secrets.writePrivate(
                folder.resolve("topics"),
                topics.stream()
                        .map(
                                topic ->
                                        "%s %d %s\n"
                                                .formatted(
                                                        topic.name(),
                                                        topic.partitions(),
                                                        topic.compacted() ? "compact" : "delete"))
                        .collect(Collectors.joining()));
    }

    private static String freshClusterId() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        bytes[0] &= 0x7f;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.wrap(bytes).array());
    }

    /// The broker's jars and its main class, in one folder.
    private static Path unpack() {
        try (var list = Packages.resource(JARS + "jars.txt");
                var main = Packages.resource("/" + MAIN + ".class")) {
            byte[] names = list.readAllBytes();
            byte[] key = concatenated(names, main.readAllBytes());
            return Packages.unpacked("kafka-jars", key, target -> fill(target, names));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's jars cannot be read", e);
        }
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    private static void fill(Path target, byte[] names) throws IOException {
        for (String path : new String(names, StandardCharsets.UTF_8).strip().split(":", -1)) {
            String name = Path.of(path).getFileName().toString();
            Packages.copyFile(JARS + name, target.resolve(name));
        }
        // A jar, since AOT caches want no folders on the class path.
        try (var jar =
                new JarOutputStream(Files.newOutputStream(target.resolve("orchflow-broker.jar")))) {
            copy("/" + MAIN + ".class", MAIN + ".class", jar);
            copy("/" + LOGGING, "log4j2.properties", jar);
        }
    }

    private static void copy(String resource, String entry, JarOutputStream jar)
            throws IOException {
        jar.putNextEntry(new JarEntry(entry));
        try (var in = Packages.resource(resource)) {
            in.transferTo(jar);
        }
        jar.closeEntry();
    }
}
