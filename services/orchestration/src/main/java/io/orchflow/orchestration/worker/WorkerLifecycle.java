package io.orchflow.orchestration.worker;

import io.grpc.Channel;
import io.orchflow.orchestration.swarm.SwarmCommanded;
import io.orchflow.orchestration.swarm.SwarmStore;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/// Runs this node's workers while the service runs.
@ApplicationScoped
class WorkerLifecycle {
    private static final int AFTER_OTHERS = 10_000;

    private final SwarmWorkers workers;

    WorkerLifecycle(
            SwarmStore store, Workspaces workspaces, TeamModels models, WorkerConfig config) {
        this.workers =
                new SwarmWorkers(
                        store,
                        channels(workspaces),
                        models,
                        Clock.systemUTC(),
                        new SwarmWorkers.Settings(config.lease(), config.poll(), config.most()));
    }

    private static AgentChannels channels(Workspaces workspaces) {
        return new AgentChannels() {
            @Override
            public Channel to(String workspaceId) {
                try {
                    return workspaces.channel(workspaceId);
                } catch (WorkspaceUnreachable e) {
                    throw new Unreachable("the workspace is not running");
                }
            }

            @Override
            public Presence presence(String workspaceId) {
                return switch (workspaces.standing(workspaceId)) {
                    case "STOPPED", "FAILED" -> Presence.STOPPED;
                    case "DELETED" -> Presence.DELETED;
                    default -> Presence.MAY_RUN;
                };
            }
        };
    }

    void onStart(@Observes @Priority(AFTER_OTHERS) StartupEvent event) {
        workers.start();
    }

    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        workers.close();
    }

    void onCommand(@Observes SwarmCommanded event) {
        workers.wake(event.swarmId());
    }
}
