package io.orchflow.orchestration.swarm;

/// Somebody else holds the swarm's lease: stop, and touch nothing more.
public final class LeaseLost extends RuntimeException {
    public LeaseLost(Lease lease) {
        super("lease of swarm " + lease.swarmId() + " is lost, epoch " + lease.epoch());
    }
}
