package io.orchflow.workspaces.driver;

import io.orchflow.workspaces.workspace.Workspace;

/// Where workspaces run. Calls about one workspace never overlap; all of them block, and none for
/// longer than the time that it names.
public sealed interface Driver permits LocalDriver {

    /// Looks for the agent: milliseconds, at most 2 s.
    Agent look(Workspace workspace);

    /// Starts an agent where [#look] has found none; does not wait until it serves.
    ///
    /// @throws LaunchException it cannot be started here
    void launch(Workspace workspace);

    /// Ends the agent at once; panes live on, and the next agent finds them.
    void kill(Workspace workspace);

    /// Ends every process of the workspace, in an orderly way for up to 20 s. Nothing is left after
    /// it.
    ///
    /// @throws LaunchException something is left
    void shutDown(Workspace workspace);

    /// Removes everything that the workspace has kept, after [#shutDown].
    ///
    /// @throws LaunchException something is left
    void removeFiles(Workspace workspace);
}
