package io.orchflow.agent.pane;

import java.util.List;
import java.util.Optional;

/// Every pane of this workspace that was not closed, those found again after a restart of the agent
/// included. All of it is there before [jakarta.enterprise.event.Observes] of a `StartupEvent` with
/// the default priority runs.
public interface Panes {

    /// Oldest first.
    List<Pane> all();

    Optional<Pane> find(String paneId);

    Optional<Pane> findByAgent(String agentId);

    /// The pane that a launch with this request id has made.
    Optional<Pane> findByRequest(String requestId);

    /// Ends the pane's processes and forgets its ring; the id is never used again.
    ///
    /// @return false when there is no such pane
    boolean close(String paneId, Principal by);
}
