package io.orchflow.orchestration.permission;

import io.orchflow.orchestration.permission.ApprovalView.PersonView;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of what agents ask.
@Singleton
class ApprovalRepository {

    /// Whether somebody still waits for it.
    private static final String WAITS = "(state <> 'OPEN' or alive_until > now())";

    /// @return the task of the agent
    String insert(Tx tx, String id, Ask ask, double aliveSeconds) {
        var agent = ask.agent();
        var wanted = ask.wanted();
        return tx.one(
                        """
                        insert into approval (id, team_id, workspace_id, swarm_id, task_id, agent_id, kind, title, argv,
                                              cwd, detail, digest, alive_until, correlation_id)
                        select $1, $2, $3, $4, task_id, id, $6, $7, $8, $9, $10, $11,
                               now() + $12 * interval '1 second', $13
                        from agent where id = $5 returning task_id
                        """,
                        id,
                        agent.teamId(),
                        agent.workspaceId(),
                        agent.swarmId(),
                        agent.agentId(),
                        wanted.kind().word(),
                        wanted.title(),
                        wanted.argv().toArray(String[]::new),
                        wanted.cwd(),
                        wanted.detail(),
                        wanted.digest(),
                        aliveSeconds,
                        agent.correlationId())
                .orElseThrow()
                .getString("task_id");
    }

    /// Who asks for what.
    record Ask(io.orchflow.orchestration.tunnel.AgentCaller agent, Wanted wanted) {}

    Optional<ApprovalView> find(Tx tx, String id) {
        return tx.one("select *, " + WAITS + " as waits from approval where id = $1", id)
                .map(ApprovalRepository::view);
    }

    Optional<String> teamOf(Tx tx, String id) {
        return tx.one("select team_id from approval where id = $1", id)
                .map(row -> row.getString("team_id"));
    }

    /// Of these teams, oldest first.
    List<ApprovalView> list(Tx tx, Query query, int limit, @Nullable String after) {
        var found = new ArrayList<ApprovalView>();
        tx.query(
                        "select *, "
                                + WAITS
                                + " as waits from approval where team_id = any($1)"
                                + " and ($2::text is null or workspace_id = $2) and id > coalesce($3, '')"
                                + " and case when state = 'OPEN' and alive_until <= now() then 'GONE' else state end = $4"
                                + " order by id limit $5",
                        query.teams().toArray(String[]::new),
                        query.workspaceId(),
                        after,
                        query.state(),
                        limit)
                .forEach(row -> found.add(view(row)));
        return found;
    }

    /// What is looked for.
    record Query(Collection<String> teams, @Nullable String workspaceId, String state) {}

    /// Somebody still waits for it.
    void alive(Tx tx, String id, double seconds) {
        tx.update(
                "update approval set alive_until = now() + $2 * interval '1 second' where id = $1 and state = 'OPEN'",
                id,
                seconds);
    }

    /// Nobody waits any more.
    ///
    /// @return whether it was open
    boolean gone(Tx tx, String id) {
        return tx.update(
                        "update approval set state = 'GONE', decided_at = now() where id = $1 and state = 'OPEN'",
                        id)
                == 1;
    }

    /// @return false where it is not open any more
    boolean decide(Tx tx, String id, boolean allowed, PersonView person) {
        return tx.update(
                        """
                        update approval set state = $2, decided_at = now(), decided_by = $3, decided_name = $4
                        where id = $1 and state = 'OPEN' and alive_until > now()
                        """,
                        id,
                        allowed ? "ALLOWED" : "DENIED",
                        person.id(),
                        person.name())
                == 1;
    }

    @Nullable String correlation(Tx tx, String id) {
        return tx.one("select correlation_id from approval where id = $1", id)
                .map(row -> row.getString("correlation_id"))
                .orElse(null);
    }

    /// Agents that need a person, in these teams, those that have waited longest first.
    List<QuestionView> questions(Tx tx, Collection<String> teams, @Nullable String workspaceId) {
        var found = new ArrayList<QuestionView>();
        tx.query(
                        """
                        select a.*, s.workspace_id, s.request from agent a join swarm s on s.id = a.swarm_id
                        where s.team_id = any($1) and ($2::text is null or s.workspace_id = $2)
                        and a.state = 'NEEDS_YOU' and s.state = 'RUNNING'
                        and not exists (select 1 from approval p
                                        where p.agent_id = a.id and p.state = 'OPEN' and p.alive_until > now())
                        order by a.id limit 200
                        """,
                        teams.toArray(String[]::new),
                        workspaceId)
                .forEach(row -> found.add(question(row)));
        return found;
    }

    private static QuestionView question(Row row) {
        return new QuestionView(
                row.getString("workspace_id"),
                row.getString("swarm_id"),
                row.getString("request"),
                row.getString("task_id"),
                row.getString("id"),
                row.getString("role"),
                String.valueOf(row.getString("asks")),
                instant(row.getOffsetDateTime("asks_since")));
    }

    private static ApprovalView view(Row row) {
        var argv = List.of(row.getArrayOfStrings("argv"));
        var decidedBy = row.getString("decided_by");
        return new ApprovalView(
                row.getString("id"),
                row.getString("workspace_id"),
                row.getString("swarm_id"),
                row.getString("task_id"),
                row.getString("agent_id"),
                row.getString("kind"),
                row.getString("title"),
                argv.isEmpty() ? null : argv,
                row.getString("cwd"),
                row.getString("detail"),
                row.getString("digest"),
                row.getBoolean("waits") ? row.getString("state") : "GONE",
                row.getOffsetDateTime("asked_at").toInstant().truncatedTo(ChronoUnit.MILLIS),
                instant(row.getOffsetDateTime("decided_at")),
                decidedBy == null
                        ? null
                        : new PersonView(decidedBy, row.getString("decided_name")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
