package io.orchflow.terminal.pane;

import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Which workspace a pane belongs to: noted when it is opened here or listed, and from the journal
/// for those that swarms open. Blocks.
@ApplicationScoped
public class PaneRepository {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();

    private final Transactions transactions;

    PaneRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /// Waits up to 2 s for a pane that a swarm may have opened a moment ago.
    Optional<PaneLocation> await(String paneId) {
        var deadline = System.nanoTime() + WAIT.toNanos();
        var found = find(paneId);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            found = find(paneId);
        }
        return found;
    }

    private Optional<PaneLocation> find(String paneId) {
        return transactions.read(
                tx ->
                        tx.one("select workspace_id, team_id from pane where pane_id = $1", paneId)
                                .map(
                                        row ->
                                                new PaneLocation(
                                                        paneId,
                                                        row.getString("workspace_id"),
                                                        row.getString("team_id"))));
    }

    void add(Collection<PaneLocation> locations) {
        transactions.inTransaction(
                tx -> {
                    locations.forEach(location -> add(tx, location));
                    return locations;
                });
    }

    void remove(String paneId) {
        transactions.inTransaction(tx -> tx.update("delete from pane where pane_id = $1", paneId));
    }

    /// Notes a pane; nothing happens where it is known.
    public static void add(Tx tx, PaneLocation location) {
        tx.update(
                """
                insert into pane (pane_id, workspace_id, team_id) values ($1, $2, $3)
                on conflict (pane_id) do nothing
                """,
                location.paneId(),
                location.workspaceId(),
                location.teamId());
    }

    /// Forgets a pane that was closed.
    public static void remove(Tx tx, String paneId) {
        tx.update("delete from pane where pane_id = $1", paneId);
    }

    /// Forgets all panes of a workspace that was deleted.
    public static void removeAll(Tx tx, String workspaceId) {
        tx.update("delete from pane where workspace_id = $1", workspaceId);
    }
}
