package io.orchflow.terminal;

import io.orchflow.access.GrantStore;
import io.orchflow.access.GrantWatch;
import io.orchflow.access.RedisGrants;
import io.orchflow.terminal.pane.WorkspaceStates;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceDirectory;
import io.quarkus.redis.datasource.RedisDataSource;
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
            @ConfigProperty(name = "orchflow.terminal.tls-dir") Path tls,
            @ConfigProperty(name = "orchflow.terminal.runtime-dir") Path runtime) {
        return new WorkspaceConnections("terminal", tls, runtime);
    }

    static void close(@Disposes WorkspaceConnections connections) {
        connections.close();
    }

    @Produces
    @Singleton
    static WorkspaceDirectory directory(WorkspaceConnections connections, WorkspaceStates states) {
        return new WorkspaceDirectory(connections, states::find, states::complete);
    }

    @Produces
    @Singleton
    static GrantStore grants(RedisDataSource redis) {
        return new RedisGrants(redis);
    }

    @Produces
    @Singleton
    static GrantWatch watch(GrantStore grants) {
        return new GrantWatch(grants);
    }

    static void close(@Disposes GrantWatch watch) {
        watch.close();
    }
}
