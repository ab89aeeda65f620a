package io.orchflow.terminal.pane;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.Permission;
import io.orchflow.problem.Problems;
import io.orchflow.workspace.client.WorkspaceDirectory;
import io.orchflow.workspace.client.WorkspaceRecord;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// May this caller use that workspace, and is it there to be used? Blocks for up to 2 s.
@ApplicationScoped
class WorkspaceAccess {

    private static final Set<String> AT_REST = Set.of("STOPPING", "STOPPED", "FAILED");

    private final WorkspaceDirectory directory;

    WorkspaceAccess(WorkspaceDirectory directory) {
        this.directory = directory;
    }

    /// @throws io.orchflow.problem.ProblemException 404 for an unknown or another team's; 403; 409
    /// where it is stopped; 503 where nobody can tell
    WorkspaceRecord running(String workspaceId, Permission permission, Caller caller) {
        var workspace = find(workspaceId);
        if (!caller.memberOf(workspace.teamId())) {
            throw Problems.notFound("workspace", workspaceId);
        }
        Access.require(caller, permission, workspace.teamId());
        if (AT_REST.contains(workspace.state())) {
            throw Problems.conflict(
                    "workspace-state",
                    "The workspace is " + workspace.state() + "; start it first.",
                    Map.of("workspaceId", workspaceId, "state", workspace.state()));
        }
        return workspace;
    }

    private WorkspaceRecord find(String workspaceId) {
        try {
            return directory
                    .find(workspaceId)
                    .orElseThrow(() -> Problems.notFound("workspace", workspaceId));
        } catch (WorkspaceUnreachable e) {
            throw Problems.unavailable(
                    "Workspace " + workspaceId + " cannot be found now.", Duration.ofSeconds(2));
        }
    }
}
