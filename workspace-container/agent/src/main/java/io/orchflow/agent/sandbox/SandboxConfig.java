package io.orchflow.agent.sandbox;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// What every sandbox of this workspace shows. Environment: `ORCHFLOW_RECIPES_DIR`.
@ConfigMapping(prefix = "orchflow.recipes")
public interface SandboxConfig {

    /// The catalogue of recipes, shown read-only at `/opt/orchflow/recipes`.
    Optional<Path> dir();
}
