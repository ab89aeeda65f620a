package io.orchflow.agent.life;

import io.orchflow.agent.journal.Journal;
import io.orchflow.agent.pane.PaneRegistry;
import io.orchflow.agent.workspace.WorkspaceProcesses;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The end of the workspace: every process, tmux, then the agent.
@Singleton
class Ending {

    private final PaneRegistry panes;
    private final WorkspaceProcesses processes;
    private final Journal journal;

    Ending(PaneRegistry panes, WorkspaceProcesses processes, Journal journal) {
        this.panes = panes;
        this.processes = processes;
        this.journal = journal;
    }

    /// Returns when no process but the agent is left and the journal is on the disk.
    void endPanes() {
        try {
            panes.endAll();
            processes.endAll();
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the agent itself, soon.
    void exit() {
        Quarkus.asyncExit(0);
    }
}
