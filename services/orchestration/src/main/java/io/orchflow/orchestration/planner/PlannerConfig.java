package io.orchflow.orchestration.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// Where the catalogue of recipes lies (`ORCHFLOW_RECIPES_DIR`).
@ConfigMapping(prefix = "orchflow.recipes")
interface PlannerConfig {

    /// The default fits a start in the module's own folder, as its tests do.
    @WithDefault("../../workspace-container/recipes")
    Path dir();
}
