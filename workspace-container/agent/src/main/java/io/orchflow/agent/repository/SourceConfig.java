package io.orchflow.agent.repository;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Where the workspace's history begins. Environment: `ORCHFLOW_SOURCE_GIT_URL`; read at the first
/// start only.
@ConfigMapping(prefix = "orchflow.source")
public interface SourceConfig {

    /// A repository to begin with; without one the workspace begins empty.
    Optional<String> gitUrl();
}
