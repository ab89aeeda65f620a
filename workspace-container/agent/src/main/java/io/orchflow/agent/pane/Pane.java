package io.orchflow.agent.pane;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A pane of this workspace, running or exited. Safe for use by any thread.
public interface Pane {

    String paneId();

    /// The swarm attempt this pane belongs to; null for a person's pane.
    @Nullable String agentId();

    @Nullable String swarmId();

    /// The process of the pane's own command, as this agent's pid namespace counts it; empty once
    /// it is dead.
    OptionalInt pid();

    /// Completes once the program has ended and all its output is in the ring; already complete for
    /// a pane that was found dead. Never completes exceptionally. Dependent actions run on a
    /// virtual thread when the `…Async` methods are used with the caller's own executor; without
    /// one they must not block.
    CompletableFuture<PaneExit> exited();

    /// Whether the program asks for a person.
    AttentionWatch attention();

    /// Hands over its output from the first byte on, as far as it is kept.
    OutputFollower.Following follow(OutputFollower follower);

    /// Writes to the program's terminal, whoever holds the lease.
    void input(byte[] bytes);
}
