package io.orchflow.workspaces.supervision;

import io.orchflow.workspaces.driver.Agent;
import io.orchflow.workspaces.driver.Driver;
import io.orchflow.workspaces.driver.LaunchException;
import io.orchflow.workspaces.driver.LocalDriverConfig;
import io.orchflow.workspaces.supervision.OwnershipRepository.Owned;
import io.orchflow.workspaces.workspace.Life;
import io.orchflow.workspaces.workspace.Trouble;
import io.orchflow.workspaces.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/// Brings one workspace one step nearer to what people asked for. Blocks.
@ApplicationScoped
class Keeper {

    private static final Logger LOG = Logger.getLogger(Keeper.class);

    /// After a restart of this service, an agent that should serve may be silent for so long.
    private static final Duration MOST_SILENCE = Duration.ofSeconds(15);

    private final Driver driver;
    private final Workspaces workspaces;
    private final OwnershipRepository ownership;
    private final LocalDriverConfig config;
    private final ConcurrentMap<String, Instant> silentSince = new ConcurrentHashMap<>();

    Keeper(
            Driver driver,
            Workspaces workspaces,
            OwnershipRepository ownership,
            LocalDriverConfig config) {
        this.driver = driver;
        this.workspaces = workspaces;
        this.ownership = ownership;
        this.config = config;
    }

    /// @return whether its life went on, so that another step may follow at once
    boolean step(Owned owned) {
        return switch (owned.workspace().life()) {
            case Life.Requested requested -> advance(owned, requested.begin());
            case Life.Starting starting -> start(owned, starting);
            case Life.Running running -> watch(owned, running);
            case Life.Stopping stopping -> stop(owned, stopping);
            case Life.Stopped stopped ->
                    stopped.startsAgain()
                            ? advance(owned, stopped.resume(workspaces.now()))
                            : release(owned);
            case Life.Failed _ -> release(owned);
            case Life.Deleting _ -> delete(owned);
        };
    }

    /// Ends a workspace because orchflow itself stops; it starts again with it.
    void suspend(Owned owned) {
        var life = owned.workspace().life();
        if (life instanceof Life.Running || life instanceof Life.Starting) {
            driver.shutDown(owned.workspace());
        }
        switch (life) {
            case Life.Running running -> advance(owned, running.suspend());
            case Life.Starting starting -> advance(owned, starting.suspend());
            case Life.Stopping _, Life.Deleting _ -> step(owned);
            case Life.Requested _, Life.Stopped _, Life.Failed _ -> {}
        }
    }

    private boolean start(Owned owned, Life.Starting starting) {
        var now = workspaces.now();
        return switch (driver.look(owned.workspace())) {
            case Agent.Absent _ -> launch(owned, starting, now);
            case Agent.Coming coming ->
                    now.isAfter(coming.launchedAt().plus(config.startTimeout()))
                            && again(owned, starting, late());
            case Agent.Serving serving ->
                    advance(owned, starting.serving(serving.isolation(), serving.notice(), now));
            case Agent.Deaf deaf -> again(owned, starting, deaf.trouble());
            case Agent.Ended ended ->
                    ended.launchedAt().isBefore(starting.dueAt())
                            ? launch(owned, starting, now)
                            : again(owned, starting, ended.trouble());
        };
    }

    private boolean launch(Owned owned, Life.Starting starting, Instant now) {
        if (now.isBefore(starting.dueAt())) {
            return false;
        }
        try {
            driver.launch(owned.workspace());
            return false;
        } catch (LaunchException e) {
            return advance(owned, starting.again(e.trouble(), now));
        }
    }

    private boolean again(Owned owned, Life.Starting starting, Trouble trouble) {
        driver.kill(owned.workspace());
        return advance(owned, starting.again(trouble, workspaces.now()));
    }

    private boolean watch(Owned owned, Life.Running running) {
        var id = owned.workspace().id();
        var agent = driver.look(owned.workspace());
        if (!(agent instanceof Agent.Coming)) {
            silentSince.remove(id);
        }
        return switch (agent) {
            case Agent.Serving _ -> false;
            case Agent.Coming _ -> silent(id) && lose(owned, running, late());
            case Agent.Absent _ -> lose(owned, running, lost());
            case Agent.Deaf deaf -> lose(owned, running, deaf.trouble());
            case Agent.Ended ended -> lose(owned, running, ended.trouble());
        };
    }

    private boolean silent(String id) {
        var now = workspaces.now();
        var since = silentSince.computeIfAbsent(id, _ -> now);
        return now.isAfter(since.plus(MOST_SILENCE));
    }

    private boolean lose(Owned owned, Life.Running running, Trouble trouble) {
        LOG.warnf(
                "Workspace agent lost workspaceId=%s reason=%s",
                owned.workspace().id(), trouble.slug());
        driver.kill(owned.workspace());
        return advance(owned, running.lose(trouble, workspaces.now()));
    }

    private boolean stop(Owned owned, Life.Stopping stopping) {
        driver.shutDown(owned.workspace());
        return advance(owned, stopping.done());
    }

    private boolean delete(Owned owned) {
        driver.shutDown(owned.workspace());
        driver.removeFiles(owned.workspace());
        workspaces.remove(owned.workspace().id(), owned.owner());
        return false;
    }

    private boolean release(Owned owned) {
        ownership.release(owned.workspace().id());
        return false;
    }

    private boolean advance(Owned owned, Life next) {
        var workspace = owned.workspace();
        var stored = workspaces.advance(workspace.id(), owned.owner(), workspace.life(), _ -> next);
        stored.ifPresent(
                w -> LOG.infof("Workspace is %s workspaceId=%s", w.life().status(), w.id()));
        return stored.isPresent();
    }

    private static Trouble late() {
        return new Trouble("agent-late", "The workspace agent did not begin to serve in time.");
    }

    private static Trouble lost() {
        return new Trouble(
                "agent-lost", "The workspace agent is gone; the workspace is started again.");
    }
}
