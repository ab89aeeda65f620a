package io.orchflow.workspaces.supervision;

import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.workspaces.workspace.Owner;
import io.orchflow.workspaces.workspace.Workspace;
import io.orchflow.workspaces.workspace.WorkspaceRepository;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;

/// Which replica works on which workspace: a lease in the workspace's row, by the database's clock.
/// Blocks.
@ApplicationScoped
class OwnershipRepository {

    /// A replica that has not renewed for so long has lost its workspaces.
    static final int LEASE_SECONDS = 10;

    private final Transactions transactions;
    private final Replica self;

    OwnershipRepository(Transactions transactions, Replica self) {
        this.transactions = transactions;
        this.self = self;
    }

    /// A workspace that this replica owns.
    record Owned(Workspace workspace, Owner owner) {}

    /// Takes over what nobody works on: unowned, or the owner's lease ran out, or the owner is a
    /// process of this machine that has ended.
    ///
    /// @return how many
    int claim() {
        return transactions.inTransaction(
                tx -> {
                    var dead = endedOwners(tx);
                    return tx.update(
                            """
                            update workspace
                            set owner = $1, owner_epoch = owner_epoch + 1,
                                owner_until = clock_timestamp() + make_interval(secs => $2)
                            where id in (
                                select id from workspace
                                where (owner is null or owner_until < clock_timestamp() or owner = any($3))
                                    and (state not in ('STOPPED', 'FAILED') or starts_again)
                                for update skip locked)
                            """,
                            self.id(),
                            (double) LEASE_SECONDS,
                            dead.toArray(String[]::new));
                });
    }

    /// Renews all leases of this replica that have not run out.
    ///
    /// @return what it owns now
    List<Owned> renew() {
        return transactions.inTransaction(
                tx ->
                        rows(
                                tx.query(
                                        """
                                        update workspace
                                        set owner_until = clock_timestamp() + make_interval(secs => $2)
                                        where owner = $1 and owner_until > clock_timestamp()
                                        returning *
                                        """,
                                        self.id(),
                                        (double) LEASE_SECONDS)));
    }

    /// What this replica owns now.
    List<Owned> owned() {
        return transactions.read(
                tx ->
                        rows(
                                tx.query(
                                        """
                                        select * from workspace
                                        where owner = $1 and owner_until > clock_timestamp()
                                        """,
                                        self.id())));
    }

    /// Lets other replicas take over at once.
    void releaseAll() {
        transactions.inTransaction(
                tx ->
                        tx.update(
                                "update workspace set owner = null, owner_until = null where owner = $1",
                                self.id()));
    }

    /// Gives up one workspace that needs no more work.
    void release(String workspaceId) {
        transactions.inTransaction(
                tx ->
                        tx.update(
                                """
                                update workspace set owner = null, owner_until = null
                                where id = $1 and owner = $2 and state in ('STOPPED', 'FAILED')
                                """,
                                workspaceId,
                                self.id()));
    }

    private List<String> endedOwners(Tx tx) {
        return StreamSupport.stream(
                        tx.query("select distinct owner from workspace where owner is not null")
                                .spliterator(),
                        false)
                .map(row -> row.getString(0))
                .filter(self::knowsToHaveEnded)
                .toList();
    }

    private List<Owned> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(
                        row ->
                                new Owned(
                                        WorkspaceRepository.workspace(row),
                                        new Owner(self.id(), row.getLong("owner_epoch"))))
                .toList();
    }
}
