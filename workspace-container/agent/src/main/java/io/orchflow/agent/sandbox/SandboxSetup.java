package io.orchflow.agent.sandbox;

import io.orchflow.agent.workspace.WorkspaceConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the sandboxes of this workspace.
@Singleton
class SandboxSetup {

    @Produces
    @Singleton
    Sandboxes sandboxes(WorkspaceConfig workspace, SandboxConfig recipes, ProfilesConfig profiles) {
        return new Sandboxes(
                workspace.runtimeDir(),
                new Shown(recipes.dir().orElse(null), profiles.dir().orElse(null)));
    }

    @Produces
    @Singleton
    SandboxUsers users(WorkspaceConfig workspace) {
        return new SandboxUsers(workspace.id());
    }
}
