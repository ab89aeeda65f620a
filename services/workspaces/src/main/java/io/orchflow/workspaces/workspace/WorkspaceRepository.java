package io.orchflow.workspaces.workspace;

import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The workspace table. Every method runs in the caller's transaction.
@ApplicationScoped
public class WorkspaceRepository {

    void insert(Tx tx, Workspace workspace) {
        tx.update(
                """
                insert into workspace (id, team_id, name, git_url, created_by, created_at, correlation_id,
                    version, state)
                values ($1, $2, $3, $4, $5, $6, $7, 0, 'REQUESTED')
                """,
                workspace.id(),
                workspace.teamId(),
                workspace.name(),
                workspace.gitUrl(),
                workspace.createdBy(),
                at(workspace.createdAt()),
                workspace.correlationId());
        save(tx, workspace);
    }

    /// @param after only those with a larger id; all for absent
    List<Workspace> ofTeams(Tx tx, Set<String> teamIds, @Nullable String after, int limit) {
        return list(
                tx.query(
                        """
                        select * from workspace
                        where team_id = any($1) and id > $2 and state <> 'DELETING'
                        order by id limit $3
                        """,
                        teamIds.toArray(String[]::new),
                        after == null ? "" : after,
                        limit));
    }

    Optional<Workspace> find(Tx tx, String id) {
        return list(tx.query("select * from workspace where id = $1", id)).stream().findFirst();
    }

    /// Locks the row to the end of the transaction.
    Optional<Workspace> findForChange(Tx tx, String id) {
        return list(tx.query("select * from workspace where id = $1 for update", id)).stream()
                .findFirst();
    }

    /// As [#findForChange], but only while that replica owns it by this database's clock.
    Optional<Workspace> findOwned(Tx tx, String id, Owner owner) {
        return list(
                        tx.query(
                                """
                                select * from workspace
                                where id = $1 and owner = $2 and owner_epoch = $3
                                    and owner_until > clock_timestamp()
                                for update
                                """,
                                id,
                                owner.replica(),
                                owner.epoch()))
                .stream()
                .findFirst();
    }

    void remove(Tx tx, String id) {
        tx.update("delete from workspace where id = $1", id);
    }

    /// Writes life and version.
    void save(Tx tx, Workspace workspace) {
        var row = LifeColumns.of(workspace.life());
        tx.update(
                """
                update workspace set version = $2, state = $3, ordered_at = $4, attempt = $5, due_at = $6,
                    since = $7, isolation = $8, notice = $9, trouble_slug = $10, trouble_text = $11,
                    starts_again = $12, correlation_id = $13
                where id = $1
                """,
                workspace.id(),
                workspace.version(),
                row.state(),
                at(row.orderedAt()),
                row.attempt(),
                at(row.dueAt()),
                at(row.since()),
                row.isolation(),
                row.notice(),
                row.trouble() == null ? null : row.trouble().slug(),
                row.trouble() == null ? null : row.trouble().text(),
                row.startsAgain(),
                workspace.correlationId());
    }

    private static List<Workspace> list(Iterable<Row> rows) {
        var workspaces = new ArrayList<Workspace>();
        rows.forEach(row -> workspaces.add(workspace(row)));
        return workspaces;
    }

    /// Reads a row of `select *` from the workspace table.
    public static Workspace workspace(Row row) {
        var slug = row.getString("trouble_slug");
        var columns =
                new LifeColumns(
                        row.getString("state"),
                        instant(row.getOffsetDateTime("ordered_at")),
                        row.getInteger("attempt"),
                        instant(row.getOffsetDateTime("due_at")),
                        instant(row.getOffsetDateTime("since")),
                        row.getString("isolation"),
                        row.getString("notice"),
                        slug == null ? null : new Trouble(slug, row.getString("trouble_text")),
                        row.getBoolean("starts_again"));
        return new Workspace(
                row.getString("id"),
                row.getString("team_id"),
                row.getString("name"),
                row.getString("git_url"),
                row.getString("created_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("correlation_id"),
                columns.life(),
                row.getLong("version"));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
