package io.orchflow.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// How a service reaches Kafka.
@ConfigMapping(prefix = "orchflow.kafka")
public interface KafkaConfig {
    /// Host and port of a broker; absent: facts stay in the outbox and state tables stay empty.
    Optional<String> bootstrap();

    /// User of SASL PLAIN; absent: no authentication.
    Optional<String> user();

    Optional<String> password();

    /// Copies of each partition of topics that this service makes; -1: the broker's default.
    @WithDefault("-1")
    short replicationFactor();
}
