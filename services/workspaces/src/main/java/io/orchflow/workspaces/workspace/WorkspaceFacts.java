package io.orchflow.workspaces.workspace;

import io.orchflow.events.Actor;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.workspaces.WorkspaceDeleted;
import io.orchflow.events.workspaces.WorkspaceFailed;
import io.orchflow.events.workspaces.WorkspaceRequested;
import io.orchflow.events.workspaces.WorkspaceStarted;
import io.orchflow.events.workspaces.WorkspaceState;
import io.orchflow.events.workspaces.WorkspaceStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// What a change of a workspace's life tells the other services.
final class WorkspaceFacts {

    private static final String DELETED = "DELETED";

    private WorkspaceFacts() {}

    static List<SpecificRecordBase> ofRequest(Workspace workspace, Actor actor) {
        var requested = new WorkspaceRequested();
        requested.setFromGit(workspace.gitUrl() != null);
        return List.of(
                stamp(requested, workspace, actor), state(workspace, actor, word(workspace)));
    }

    /// @return empty where the change is nobody else's business
    static List<SpecificRecordBase> ofChange(Life before, Workspace now, Actor actor) {
        var facts = new ArrayList<SpecificRecordBase>();
        var happened = happened(before, now.life());
        if (happened != null) {
            facts.add(stamp(happened, now, actor));
        }
        if (before.status() != now.life().status()) {
            facts.add(state(now, actor, word(now)));
        }
        return facts;
    }

    static List<SpecificRecordBase> ofRemoval(Workspace workspace, Actor actor) {
        return List.of(
                stamp(new WorkspaceDeleted(), workspace, actor), state(workspace, actor, DELETED));
    }

    private static @Nullable SpecificRecordBase happened(Life before, Life now) {
        return switch (now) {
            case Life.Running running ->
                    before instanceof Life.Starting from ? started(from, running) : null;
            case Life.Stopped stopped ->
                    before instanceof Life.Stopped || stopped.equals(before)
                            ? null
                            : new WorkspaceStopped();
            case Life.Failed(var trouble) -> failed(trouble);
            case Life.Starting starting ->
                    before instanceof Life.Running && starting.last() != null
                            ? failed(starting.last())
                            : null;
            case Life.Requested _, Life.Stopping _, Life.Deleting _ -> null;
        };
    }

    private static WorkspaceStarted started(Life.Starting from, Life.Running running) {
        var started = new WorkspaceStarted();
        started.setIsolation(running.isolation().word());
        started.setStartMillis(
                Math.max(0, Duration.between(from.orderedAt(), running.since()).toMillis()));
        return started;
    }

    private static WorkspaceFailed failed(Trouble trouble) {
        var failed = new WorkspaceFailed();
        failed.setReason(trouble.slug());
        return failed;
    }

    private static WorkspaceState state(Workspace workspace, Actor actor, String word) {
        var state = new WorkspaceState();
        state.setVersion(workspace.version());
        state.setState(word);
        state.setIsolation(workspace.life().isolation().word());
        return stamp(state, workspace, actor);
    }

    private static String word(Workspace workspace) {
        return workspace.life().status().name();
    }

    private static <T extends SpecificRecordBase> T stamp(T fact, Workspace about, Actor actor) {
        return Facts.stamp(
                fact, new Envelope(about.teamId(), about.id(), actor, about.correlationId(), null));
    }
}
