package io.orchflow.embedded.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// One Kafka node, broker and controller in one, in this JVM.
///
/// Arguments: the server's properties file, a properties file for its own admin client, a file with
/// one topic a line (`name partitions delete|compact`), and the file to make once clients can
/// produce to every topic. SIGTERM ends it in order.
public final class BrokerProcess {
    private static final int NODE_ID = 1;

    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        Properties settings = load(Path.of(args[0]));
        Properties client = load(Path.of(args[1]));
        List<NewTopic> topics = topics(Path.of(args[2]));
        Path ready = Path.of(args[3]);

        format(settings);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        createMissing(topics, client);
        Files.writeString(ready, "ready\n");
        server.awaitShutdown();
    }

    private static void format(Properties settings) throws Exception {
        Path logs = Path.of(settings.getProperty("log.dirs"));
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        new Formatter()
                .setClusterId(settings.getProperty("orchflow.cluster.id"))
                .setNodeId(NODE_ID)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .run();
    }

    private static void createMissing(List<NewTopic> topics, Properties client)
            throws ExecutionException, InterruptedException {
        if (topics.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get();
            var missing =
                    topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
            for (var made : admin.createTopics(missing).values().values()) {
                awaitMade(made);
            }
        }
    }

    /// A service that came first may have made the topic meanwhile.
    private static void awaitMade(Future<Void> made)
            throws ExecutionException, InterruptedException {
        try {
            made.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static List<NewTopic> topics(Path file) throws IOException {
        var topics = new ArrayList<NewTopic>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(" ", -1);
            topics.add(
                    new NewTopic(fields[0], Integer.parseInt(fields[1]), (short) 1)
                            .configs(Map.of("cleanup.policy", fields[2])));
        }
        return topics;
    }

    private static Properties load(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
