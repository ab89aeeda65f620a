package io.orchflow.orchestration.swarm;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// What swarms are told by the platform.
@ConfigMapping(prefix = "orchflow.swarms")
interface SwarmConfig {

    /// A new text for every start of the whole platform: a swarm that was running under another one
    /// pauses. Absent: restarts are seen only by what the workspace has lost.
    Optional<String> platformRun();
}
