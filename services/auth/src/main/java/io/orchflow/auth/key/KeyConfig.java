package io.orchflow.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Signing keys.
@ConfigMapping(prefix = "orchflow.auth.key")
public interface KeyConfig {

    /// Encrypts private keys at rest; at least 16 characters (`ORCHFLOW_AUTH_KEY_SECRET`).
    String secret();

    /// How long one key signs.
    @WithDefault("30d")
    Duration signsFor();
}
