package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.swarm.Caps;
import io.orchflow.orchestration.swarm.ExpectedConflict;
import io.orchflow.orchestration.swarm.Lease;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.orchestration.swarm.OutgoingMessage;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Swarms and leases as in the database, in memory.
final class MemoryStore implements SwarmStore {
    private static final class Row {
        private Swarm swarm;
        private boolean attention = true;
        private String owner = "";
        private long epoch;
        private long until;

        Row(Swarm swarm) {
            this.swarm = swarm;
        }
    }

    private final Map<String, Row> rows = new HashMap<>();
    private final List<OutgoingMessage> messages = new ArrayList<>();
    final Map<String, byte[]> outputs = new HashMap<>();
    final Map<String, byte[]> baselines = new HashMap<>();
    final List<Swarm> history = new ArrayList<>();
    final List<List<ExpectedConflict>> forecasts = new ArrayList<>();
    volatile Caps caps = Caps.NONE;

    synchronized void add(Swarm swarm) {
        rows.put(swarm.id(), new Row(swarm));
    }

    /// What the API does.
    synchronized Swarm ask(String swarmId, UnaryOperator<Swarm> command) {
        var row = row(swarmId);
        row.swarm = command.apply(row.swarm);
        row.attention = true;
        return row.swarm;
    }

    synchronized void tell(OutgoingMessage message) {
        messages.add(message);
    }

    @Override
    public synchronized List<Lease> claim(String owner, int most, Duration length) {
        var leases = new ArrayList<Lease>();
        for (var row : rows.values()) {
            if (row.attention && row.until < System.nanoTime()) {
                row.owner = owner;
                row.epoch++;
                row.until = System.nanoTime() + length.toNanos();
                leases.add(
                        new Lease(
                                row.swarm.id(),
                                row.swarm.origin().workspaceId(),
                                owner,
                                row.epoch,
                                false));
            }
        }
        return leases;
    }

    @Override
    public synchronized Set<String> renew(List<Lease> leases, Duration length) {
        var held = new HashSet<String>();
        for (var lease : leases) {
            var row = row(lease.swarmId());
            if (row.epoch == lease.epoch() && !row.owner.isEmpty()) {
                row.until = System.nanoTime() + length.toNanos();
                held.add(lease.swarmId());
            }
        }
        return held;
    }

    @Override
    public synchronized boolean release(Lease lease, long commands) {
        var row = held(lease);
        if (row.swarm.commands() != commands) {
            return false;
        }
        row.attention = false;
        row.owner = "";
        row.until = 0;
        return true;
    }

    @Override
    public synchronized void handOver(Lease lease) {
        var row = row(lease.swarmId());
        if (row.epoch == lease.epoch()) {
            row.owner = "";
            row.until = 0;
        }
    }

    /// Somebody else takes the lease, whatever its time.
    synchronized void steal(String swarmId) {
        row(swarmId).until = 0;
        row(swarmId).owner = "";
    }

    private Row row(String swarmId) {
        return Optional.ofNullable(rows.get(swarmId)).orElseThrow();
    }

    private Row held(Lease lease) {
        var row = row(lease.swarmId());
        if (row.epoch != lease.epoch() || row.owner.isEmpty()) {
            throw new LeaseLost(lease);
        }
        return row;
    }

    @Override
    public synchronized Optional<Swarm> find(String swarmId) {
        return Optional.ofNullable(rows.get(swarmId)).map(row -> row.swarm);
    }

    @Override
    public synchronized Swarm change(Lease lease, UnaryOperator<Swarm> step) {
        var row = held(lease);
        row.swarm = step.apply(row.swarm);
        history.add(row.swarm);
        return row.swarm;
    }

    @Override
    public synchronized void keepOutput(
            Lease lease, String evidenceId, byte[] output, byte @Nullable [] baseline) {
        held(lease);
        if (baseline != null) {
            baselines.put(evidenceId, baseline);
        }
        outputs.put(evidenceId, output);
    }

    @Override
    public synchronized void foresee(Lease lease, List<ExpectedConflict> conflicts) {
        held(lease);
        forecasts.add(List.copyOf(conflicts));
    }

    @Override
    public Caps caps(String swarmId) {
        return caps;
    }

    @Override
    public synchronized List<OutgoingMessage> undelivered(Lease lease) {
        return List.copyOf(messages);
    }

    @Override
    public synchronized void delivered(Lease lease, OutgoingMessage message) {
        held(lease);
        messages.remove(message);
    }

    @Override
    public List<OutgoingMessage> told(String swarmId) {
        return List.of();
    }
}
