package io.orchflow.workspaces.driver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where and how workspaces run on this machine.
@ConfigMapping(prefix = "orchflow.local-driver")
public interface LocalDriverConfig {

    /// What workspaces keep: a folder each.
    Path workspacesDir();

    /// Sockets and endpoint files: a short path, since a Unix socket's may have about 100
    /// characters.
    Path runtimeDir();

    /// The packaged workspace agent: a jar, or a native executable.
    Path agentProgram();

    /// The Java executable that runs it if it is a jar.
    String java();

    /// Options of the virtual machine that the agent runs on, or of the one in the executable.
    @WithDefault("-Xmx128m")
    List<String> agentOptions();

    /// The deterministic playbooks that agents may run.
    Optional<Path> recipesDir();

    /// Profiles of agent programs, passed on to the agent.
    Optional<Path> profilesDir();

    /// Holds `ca.crt`.
    Path tlsDir();

    /// Holds `ca.key`, with which agents' certificates are signed.
    Path agentCaDir();

    /// An agent that does not serve after so long is given up.
    @WithDefault("60s")
    Duration startTimeout();

    /// How long an agent may take to end everything in an orderly way.
    @WithDefault("20s")
    Duration stopTimeout();
}
