package io.orchflow.orchestration.profile;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the profiles lie.
@ConfigMapping(prefix = "orchflow.profiles")
interface ProfileConfig {

    /// A folder of `<id>.json` (`ORCHFLOW_PROFILES_DIR`); absent: there are none.
    Optional<Path> dir();
}
