package io.orchflow.orchestration.conversation;

import io.orchflow.orchestration.message.Title;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of conversations, messages and answers that are due.
@Singleton
public class ConversationRepository {

    void insert(Tx tx, Conversation conversation) {
        tx.update(
                """
                insert into conversation (id, team_id, workspace_id, title, titled, started_by, created_at, updated_at)
                values ($1, $2, $3, $4, $5, $6, $7, $7)
                """,
                conversation.id(),
                conversation.teamId(),
                conversation.workspaceId(),
                conversation.title(),
                conversation.titled(),
                conversation.startedBy(),
                conversation.createdAt().atOffset(ZoneOffset.UTC));
    }

    Optional<Conversation> find(Tx tx, String id) {
        return tx.one("select * from conversation where id = $1", id)
                .map(row -> conversation(row, "id"));
    }

    List<Conversation> inWorkspace(Tx tx, String workspaceId, int limit, @Nullable String after) {
        var found = new ArrayList<Conversation>();
        tx.query(
                        """
                        select * from conversation where workspace_id = $1 and id > $2 order by id limit $3
                        """,
                        workspaceId,
                        after == null ? "" : after,
                        limit)
                .forEach(row -> found.add(conversation(row, "id")));
        return found;
    }

    void insert(Tx tx, Message message) {
        tx.update(
                """
                insert into message (id, conversation_id, author, text, plan_id, options, created_at)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                message.id(),
                message.conversationId(),
                message.author().word(),
                message.text(),
                message.planId(),
                message.options().toArray(String[]::new),
                message.createdAt().atOffset(ZoneOffset.UTC));
    }

    /// Notes that something was said; a person's first message is the title of a conversation that
    /// has none. After the message's event: whoever tells events holds the workspace's counter.
    void heard(Tx tx, Message message) {
        tx.update(
                """
                update conversation set updated_at = greatest(updated_at, $2),
                       title = case when titled or not $4 then title else $3 end, titled = titled or $4
                where id = $1
                """,
                message.conversationId(),
                message.createdAt().atOffset(ZoneOffset.UTC),
                Title.of(message.text()),
                message.author() == Message.Author.USER);
    }

    List<Message> messages(Tx tx, String conversationId, int limit, @Nullable String after) {
        var found = new ArrayList<Message>();
        tx.query(
                        """
                        select *, id as message_id from message where conversation_id = $1
                        and number > coalesce((select number from message where id = $2), 0)
                        order by number limit $3
                        """,
                        conversationId,
                        after,
                        limit)
                .forEach(row -> found.add(message(row)));
        return found;
    }

    /// The last messages before one, oldest first.
    List<Message> before(Tx tx, Message message, int most) {
        var found = new ArrayList<Message>();
        tx.query(
                        """
                        select *, id as message_id from message where conversation_id = $1
                        and number < (select number from message where id = $2)
                        order by number desc limit $3
                        """,
                        message.conversationId(),
                        message.id(),
                        most)
                .forEach(row -> found.add(message(row)));
        return found.reversed();
    }

    void due(
            Tx tx,
            Message asked,
            String answerId,
            boolean local,
            String askedBy,
            String correlationId) {
        tx.update(
                """
                insert into answer_due (message_id, answer_id, conversation_id, asked_by, correlation_id, local_planner)
                values ($1, $2, $3, $4, $5, $6)
                """,
                asked.id(),
                answerId,
                asked.conversationId(),
                askedBy,
                correlationId,
                local);
    }

    /// Keeps answers that this node works on from being taken by another.
    void keep(Tx tx, String owner, Collection<String> messageIds, int seconds) {
        tx.update(
                """
                update answer_due set lease_until = now() + $3 * interval '1 second'
                where lease_owner = $1 and message_id = any($2)
                """,
                owner,
                messageIds.toArray(String[]::new),
                (double) seconds);
    }

    /// Takes answers that nobody works on, by the database's clock.
    List<Due> claim(Tx tx, String owner, int most, int seconds) {
        var found = new ArrayList<Due>();
        tx.query(
                        """
                        with free as (
                            select message_id from answer_due where lease_until is null or lease_until < now()
                            order by message_id limit $2 for update skip locked),
                        taken as (
                            update answer_due d set lease_owner = $1, tries = tries + 1,
                                   lease_until = now() + $3 * interval '1 second'
                            from free where d.message_id = free.message_id returning d.*)
                        select m.*, t.message_id, t.answer_id, t.asked_by, t.correlation_id, t.tries, t.local_planner,
                               c.team_id, c.workspace_id, c.title, c.titled, c.started_by, c.updated_at
                        from taken t join message m on m.id = t.message_id
                        join conversation c on c.id = t.conversation_id order by m.number
                        """,
                        owner,
                        most,
                        (double) seconds)
                .forEach(
                        row ->
                                found.add(
                                        new Due(
                                                message(row),
                                                conversation(row, "conversation_id"),
                                                row.getString("answer_id"),
                                                row.getString("asked_by"),
                                                row.getBoolean("local_planner"),
                                                row.getString("correlation_id"),
                                                row.getInteger("tries"),
                                                owner)));
        return found;
    }

    /// @return false where another node has taken it meanwhile
    boolean answered(Tx tx, Due due) {
        return tx.update(
                        "delete from answer_due where message_id = $1 and lease_owner = $2",
                        due.asked().id(),
                        due.owner())
                == 1;
    }

    /// Deltas are of no use once their message is there; recent ones stay for slow readers.
    void forgetDeltas(Tx tx, String conversationId) {
        tx.update(
                """
                delete from event where conversation_id = $1 and type = 'delta'
                and created_at < now() - interval '1 minute'
                """,
                conversationId);
    }

    private static Conversation conversation(Row row, String idColumn) {
        return new Conversation(
                row.getString(idColumn),
                row.getString("team_id"),
                row.getString("workspace_id"),
                row.getString("title"),
                row.getBoolean("titled"),
                row.getString("started_by"),
                created(row),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Message message(Row row) {
        return new Message(
                row.getString("message_id"),
                row.getString("conversation_id"),
                row.getString("author").equals("user")
                        ? Message.Author.USER
                        : Message.Author.ASSISTANT,
                row.getString("text"),
                row.getString("plan_id"),
                List.of(row.getArrayOfStrings("options")),
                created(row));
    }

    private static Instant created(Row row) {
        return row.getOffsetDateTime("created_at").toInstant();
    }
}
