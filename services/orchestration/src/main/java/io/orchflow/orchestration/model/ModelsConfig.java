package io.orchflow.orchestration.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The way to models.
@ConfigMapping(prefix = "orchflow.models")
public interface ModelsConfig {

    /// Seals providers' keys and makes agents' tokens; at least 16 characters
    /// (`ORCHFLOW_MODELS_SECRET`).
    String secret();

    /// How long a provider may take to begin its answer.
    @WithDefault("10m")
    Duration answerTimeout();

    /// How long a provider may be silent in the middle of an answer.
    @WithDefault("5m")
    Duration idleTimeout();
}
