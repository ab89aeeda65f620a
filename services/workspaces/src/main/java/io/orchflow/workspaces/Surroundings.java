package io.orchflow.workspaces;

import io.orchflow.workspace.client.WorkspaceConnections;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the service uses and does not make itself.
final class Surroundings {

    private Surroundings() {}

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    static WorkspaceConnections connections(
            @ConfigProperty(name = "orchflow.local-driver.tls-dir") Path tls,
            @ConfigProperty(name = "orchflow.local-driver.runtime-dir") Path runtime) {
        return new WorkspaceConnections("workspaces", tls, runtime);
    }

    static void close(@Disposes WorkspaceConnections connections) {
        connections.close();
    }
}
