package io.orchflow.orchestration.workspace;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/// Where workspace agents are found, and how this service proves itself to them.
@ConfigMapping(prefix = "orchflow.workspace-agents")
interface WorkspaceConfig {

    /// Holds `ca.crt`, `orchestration.crt` and `orchestration.key`.
    Path tlsDir();

    /// Holds `ws/<workspaceId>/endpoint.json`.
    Path runtimeDir();
}
