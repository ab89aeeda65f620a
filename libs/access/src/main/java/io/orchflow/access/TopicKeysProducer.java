package io.orchflow.access;

import io.orchflow.outbox.Outbox;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The keys of access tokens from their state topic, so that auth may be down from the start. For
/// services with an outbox that say `orchflow.access.topic-keys=true`.
@IfBuildProperty(name = "orchflow.access.topic-keys", stringValue = "true")
public class TopicKeysProducer {

    @Produces
    @Singleton
    @Startup
    KeySource topicKeys(Outbox outbox) {
        return new TopicKeys(outbox);
    }
}
