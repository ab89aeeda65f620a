package io.orchflow.embedded;

import io.orchflow.events.Topic;
import io.orchflow.events.Topics;
import java.util.ArrayList;
import java.util.List;

/// What a broker needs to know about the topics of `events-schema`.
public final class FactTopics {
    private FactTopics() {}

    /// Every topic of facts and states, each one's dead letters, and the schemas'.
    public static List<EmbeddedKafka.Topic> all() {
        var topics = new ArrayList<EmbeddedKafka.Topic>();
        for (Topic topic : Topics.all()) {
            topics.add(
                    new EmbeddedKafka.Topic(topic.name(), topic.partitions(), topic.compacted()));
            topics.add(new EmbeddedKafka.Topic(topic.deadLetters(), 1, false));
        }
        topics.add(
                new EmbeddedKafka.Topic(
                        Topics.SCHEMAS.name(),
                        Topics.SCHEMAS.partitions(),
                        Topics.SCHEMAS.compacted()));
        return topics;
    }
}
