package io.orchflow.terminal.journal;

import io.orchflow.events.Ids;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.terminal.pane.PaneLocation;
import io.orchflow.terminal.pane.PaneRepository;
import io.orchflow.workspace.v1.JournalEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// How far each workspace's journal has been copied, and by whom: one replica per workspace, by a
/// lease of this database's clock. Blocks.
@ApplicationScoped
class JournalRepository {

    /// A replica that has not renewed for so long has lost its journals.
    static final int LEASE_SECONDS = 10;

    private final Transactions transactions;
    private final String replica = Ids.next();

    JournalRepository(Transactions transactions) {
        this.transactions = transactions;
    }

    /// The right to copy one journal.
    ///
    /// @param number of the last entry that was copied; 0 for none
    record Lease(String workspaceId, String teamId, long epoch, long number) {

        Lease upTo(long last) {
            return new Lease(workspaceId, teamId, epoch, last);
        }
    }

    /// @return empty where another replica copies this journal
    Optional<Lease> tryAcquire(String workspaceId, String teamId) {
        return transactions.inTransaction(
                tx ->
                        tx.one(
                                        """
                                        insert into journal_cursor as j
                                            (workspace_id, owner, owner_until, owner_epoch)
                                        values ($1, $2, clock_timestamp() + make_interval(secs => $3), 1)
                                        on conflict (workspace_id) do update
                                        set owner = excluded.owner, owner_until = excluded.owner_until,
                                            owner_epoch = j.owner_epoch + 1
                                        where j.owner is null or j.owner_until < clock_timestamp()
                                        returning owner_epoch, number
                                        """,
                                        workspaceId,
                                        replica,
                                        (double) LEASE_SECONDS)
                                .map(
                                        row ->
                                                new Lease(
                                                        workspaceId,
                                                        teamId,
                                                        row.getLong("owner_epoch"),
                                                        row.getLong("number"))));
    }

    /// Renews the lease.
    ///
    /// @return false where it was lost
    boolean renewed(Lease lease) {
        return transactions.inTransaction(tx -> move(tx, lease, lease.number()));
    }

    /// Copies entries, in their order, and moves the cursor in the same transaction.
    ///
    /// @return the lease with its new number; empty where it was lost, and nothing was copied
    Optional<Lease> copy(Lease lease, List<JournalEntry> entries) {
        return transactions.inTransaction(
                tx -> {
                    var last = entries.getLast().getNumber();
                    if (!move(tx, lease, Math.max(last, lease.number()))) {
                        return Optional.empty();
                    }
                    var number = lease.number();
                    for (var entry : entries) {
                        number = copy(tx, lease, number, entry);
                    }
                    return Optional.of(lease.upTo(number));
                });
    }

    void release(Lease lease) {
        transactions.inTransaction(
                tx ->
                        tx.update(
                                """
                                update journal_cursor set owner = null, owner_until = null
                                where workspace_id = $1 and owner = $2 and owner_epoch = $3
                                """,
                                lease.workspaceId(),
                                replica,
                                lease.epoch()));
    }

    /// Forgets a workspace that was deleted.
    void forget(String workspaceId) {
        transactions.inTransaction(
                tx -> {
                    PaneRepository.removeAll(tx, workspaceId);
                    return tx.update(
                            "delete from journal_cursor where workspace_id = $1", workspaceId);
                });
    }

    private boolean move(Tx tx, Lease lease, long number) {
        return tx.update(
                        """
                        update journal_cursor
                        set number = $4, owner_until = clock_timestamp() + make_interval(secs => $5)
                        where workspace_id = $1 and owner = $2 and owner_epoch = $3
                            and owner_until > clock_timestamp() and number <= $4
                        """,
                        lease.workspaceId(),
                        replica,
                        lease.epoch(),
                        number,
                        (double) LEASE_SECONDS)
                == 1;
    }

    /// @return number of the last entry that is copied now
    private static long copy(Tx tx, Lease lease, long number, JournalEntry entry) {
        if (entry.getNumber() <= number) {
            return number;
        }
        if (entry.getNumber() > number + 1) {
            var gap = JournalFacts.gap(number + 1, entry, lease.workspaceId(), lease.teamId());
            tx.publish(gap.key(), gap.fact());
        }
        if (entry.hasOpened()) {
            PaneRepository.add(
                    tx, new PaneLocation(entry.getPaneId(), lease.workspaceId(), lease.teamId()));
        } else if (entry.hasClosed()) {
            PaneRepository.remove(tx, entry.getPaneId());
        }
        JournalFacts.of(entry, lease.workspaceId(), lease.teamId())
                .ifPresent(keyed -> tx.publish(keyed.key(), keyed.fact()));
        return entry.getNumber();
    }
}
