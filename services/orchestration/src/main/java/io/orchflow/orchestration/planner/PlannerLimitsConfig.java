package io.orchflow.orchestration.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a model may take for a plan.
@ConfigMapping(prefix = "orchflow.planner")
interface PlannerLimitsConfig {

    /// For all its answers together; then the local planner answers.
    @WithDefault("120s")
    Duration timeLimit();
}
