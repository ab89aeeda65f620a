package io.orchflow.workspaces.supervision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What happens to workspaces when this service ends.
@ConfigMapping(prefix = "orchflow.supervision")
interface SupervisionConfig {

    /// Whether an orderly end of this service ends all workspaces, to start again with it.
    /// Otherwise
    /// they live on for another replica.
    @WithDefault("false")
    boolean stopWorkspaces();

    /// How long the end of this service waits for its workspaces.
    @WithDefault("40s")
    Duration stopTimeout();
}
