package io.orchflow.orchestration.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How this node works on swarms.
@ConfigMapping(prefix = "orchflow.worker")
interface WorkerConfig {

    /// How long a dead node's swarm waits for another one.
    @WithDefault("5s")
    Duration lease();

    /// How often swarms are looked for that other nodes have let go.
    @WithDefault("250ms")
    Duration poll();

    /// Swarms at once.
    @WithDefault("64")
    int most();
}
