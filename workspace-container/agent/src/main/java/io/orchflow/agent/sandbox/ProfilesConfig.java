package io.orchflow.agent.sandbox;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Agent programs that attempts may start. Environment: `ORCHFLOW_PROFILES_DIR`.
@ConfigMapping(prefix = "orchflow.profiles")
interface ProfilesConfig {

    /// Their profiles and the runner that starts them, shown read-only at `/opt/orchflow/profiles`.
    Optional<Path> dir();
}
