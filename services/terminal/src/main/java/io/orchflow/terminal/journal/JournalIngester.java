package io.orchflow.terminal.journal;

import io.grpc.StatusRuntimeException;
import io.orchflow.terminal.journal.JournalRepository.Lease;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.AcknowledgeRequest;
import io.orchflow.workspace.v1.JournalGrpc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Copies one workspace's journal for as long as its agent lives and the lease is held. An entry is
/// acknowledged only after its fact was committed, so a crash repeats reading, never facts.
@ApplicationScoped
class JournalIngester {

    private static final Logger LOG = Logger.getLogger(JournalIngester.class);
    private static final Duration RENEWED_EVERY =
            Duration.ofSeconds(JournalRepository.LEASE_SECONDS).dividedBy(4);
    private static final long ACKNOWLEDGE_SECONDS = 5;

    private final WorkspaceConnections connections;
    private final JournalRepository repository;

    JournalIngester(WorkspaceConnections connections, JournalRepository repository) {
        this.connections = connections;
        this.repository = repository;
    }

    /// Blocks until the agent's stream ends, the lease is lost, or it is told to stop.
    void ingest(String workspaceId, BooleanSupplier stopped)
            throws WorkspaceUnreachable, InterruptedException {
        var teamId = connections.describe(workspaceId).teamId();
        var lease = repository.tryAcquire(workspaceId, teamId);
        if (lease.isPresent()) {
            LOG.debugf(
                    "Journal followed workspaceId=%s after=%d", workspaceId, lease.get().number());
            follow(lease.get(), stopped);
        }
    }

    private void follow(Lease first, BooleanSupplier stopped)
            throws WorkspaceUnreachable, InterruptedException {
        var channel = connections.connect(first.workspaceId());
        var lease = first;
        try (var reader = JournalReader.follow(JournalGrpc.newStub(channel), first.number())) {
            while (!stopped.getAsBoolean() && !reader.ended()) {
                var entries = reader.next(RENEWED_EVERY);
                if (entries.isEmpty()) {
                    if (!repository.renewed(lease)) {
                        return;
                    }
                } else {
                    var moved = repository.copy(lease, entries);
                    if (moved.isEmpty()) {
                        return;
                    }
                    lease = moved.get();
                    acknowledge(JournalGrpc.newBlockingStub(channel), lease.number());
                }
            }
        } finally {
            repository.release(lease);
        }
    }

    /// What is not acknowledged now is acknowledged with the next batch.
    private static void acknowledge(JournalGrpc.JournalBlockingStub journal, long number) {
        try {
            var _ =
                    journal.withDeadlineAfter(ACKNOWLEDGE_SECONDS, TimeUnit.SECONDS)
                            .acknowledge(
                                    AcknowledgeRequest.newBuilder().setUpToNumber(number).build());
        } catch (StatusRuntimeException e) {
            LOG.debugf("Not acknowledged number=%d status=%s", number, e.getStatus());
        }
    }
}
