package io.orchflow.workspaces;

import io.orchflow.access.KeySource;
import io.orchflow.access.TopicKeys;
import io.orchflow.outbox.Outbox;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The keys of access tokens from their state topic, so that auth may be down from the start.
class SigningKeysProducer {

    @Produces
    @Singleton
    @Startup
    KeySource signingKeys(Outbox outbox) {
        return new TopicKeys(outbox);
    }
}
