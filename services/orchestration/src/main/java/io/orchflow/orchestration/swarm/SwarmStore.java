package io.orchflow.orchestration.swarm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where swarms and their leases are kept. Calls block; any thread but an event loop.
public interface SwarmStore {

    /// Takes swarms that need work and that nobody holds.
    ///
    /// @param length of the lease, by the store's clock
    List<Lease> claim(String owner, int most, Duration length);

    /// Prolongs leases.
    ///
    /// @return the ids of the swarms that are still held
    Set<String> renew(List<Lease> leases, Duration length);

    /// Lets go of a swarm that needs no more work.
    ///
    /// @param commands the count that the worker has acted on
    /// @return false where people have asked for more meanwhile: the lease goes on
    /// @throws LeaseLost it is somebody else's already
    boolean release(Lease lease, long commands);

    /// Lets go of a swarm whose work somebody else should go on with.
    void handOver(Lease lease);

    Optional<Swarm> find(String swarmId);

    /// One step of a worker. The function may run more than once.
    ///
    /// @return the swarm after it
    /// @throws LeaseLost it is somebody else's: nothing was changed
    Swarm change(Lease lease, UnaryOperator<Swarm> step);

    /// Keeps what a check put out, before its evidence is recorded.
    ///
    /// @param baseline what it put out on the base; null where it did not run there
    void keepOutput(Lease lease, String evidenceId, byte[] output, byte @Nullable [] baseline);

    /// What would conflict now; tells readers where it is something else than before.
    void foresee(Lease lease, List<ExpectedConflict> conflicts);

    /// What people allow it to use at present, besides models.
    Caps caps(String swarmId);

    /// Messages for agents that have started.
    List<OutgoingMessage> undelivered(Lease lease);

    void delivered(Lease lease, OutgoingMessage message);

    /// What people have told the whole swarm so far, oldest first, at most 100.
    List<OutgoingMessage> told(String swarmId);
}
