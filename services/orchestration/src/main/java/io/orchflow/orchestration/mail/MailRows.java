package io.orchflow.orchestration.mail;

import io.orchflow.orchestration.mail.MailView.PartyView;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows to messages.
final class MailRows {
    private static final String OF_AGENTS =
            """
            select m.id, 'agent' as from_kind, m.from_agent as from_id, m.from_role as from_name, m.to_kind,
                   m.to_agent as to_id, m.to_role as to_name, m.text, m.sent_at, m.refused,
                   (select case when bool_and(delivered_at is not null) then max(delivered_at) end
                    from mail_receipt where mail_id = m.id) as delivered_at,
                   (select case when bool_and(acknowledged_at is not null) then max(acknowledged_at) end
                    from mail_receipt where mail_id = m.id) as acknowledged_at
            from mail m where m.swarm_id = $1
            """;
    private static final String OF_PEOPLE =
            """
            select p.id, 'user' as from_kind, p.from_user as from_id, p.from_name,
                   case when p.agent_id is null then 'all' else 'agent' end as to_kind, p.agent_id as to_id,
                   (select role from agent where id = p.agent_id) as to_name, p.text, p.sent_at,
                   null::text as refused, null::timestamptz as delivered_at, null::timestamptz as acknowledged_at
            from swarm_message p where p.swarm_id = $1
            """;

    private MailRows() {}

    static List<MailView> list(Tx tx, String swarmId, int most, @Nullable String after) {
        var sql =
                "select * from ((%s) union all (%s)) both_kinds where id > $2 order by id limit $3"
                        .formatted(OF_AGENTS, OF_PEOPLE);
        var start = Objects.requireNonNullElse(after, "");
        return views(tx.query(sql, swarmId, start, most), null);
    }

    static MailView one(Tx tx, String swarmId, String mailId) {
        return views(tx.query(OF_AGENTS + " and m.id = $2", swarmId, mailId), swarmId).getFirst();
    }

    /// What people wrote to an agent, or to all, after a message's id.
    static List<MailView> said(Tx tx, String swarmId, String agentId, String since) {
        var sql =
                OF_PEOPLE
                        + " and (p.agent_id = $2 or p.agent_id is null) and p.id > $3 order by p.id";
        return views(tx.query(sql, swarmId, agentId, since), null);
    }

    private static List<MailView> views(Iterable<Row> rows, @Nullable String swarmId) {
        var views = new ArrayList<MailView>();
        for (var row : rows) {
            views.add(
                    new MailView(
                            swarmId,
                            row.getString("id"),
                            party(row, "from"),
                            party(row, "to"),
                            row.getString("text"),
                            Objects.requireNonNull(instant(row, "sent_at")),
                            instant(row, "delivered_at"),
                            instant(row, "acknowledged_at"),
                            row.getString("refused")));
        }
        return views;
    }

    private static PartyView party(Row row, String which) {
        return new PartyView(
                row.getString(which + "_kind"),
                row.getString(which + "_id"),
                row.getString(which + "_name"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
