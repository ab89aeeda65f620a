package io.orchflow.agent.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/// What the agent is told about its workspace. Environment: `ORCHFLOW_WORKSPACE_ID` and so on.
@ConfigMapping(prefix = "orchflow.workspace")
public interface WorkspaceConfig {

    String id();

    /// Empty when the workspace has no name.
    @WithDefault("workspace")
    String name();

    /// The volume: `main/`, `repository.git`, `clones/`, `journal/`, `state/`, `home/`.
    Path dir();

    /// The private runtime folder of this workspace (short path, 0700): tmux socket,
    /// `endpoint.json`.
    Path runtimeDir();

    /// The main checkout, the workspace's root.
    default Path main() {
        return dir().resolve("main");
    }

    /// The authoritative repository (bare).
    default Path repository() {
        return dir().resolve("repository.git");
    }

    default Path journal() {
        return dir().resolve("journal");
    }

    default Path state() {
        return dir().resolve("state");
    }

    /// The home folder of people's panes.
    default Path home() {
        return dir().resolve("home");
    }
}
