package io.orchflow.orchestration.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Rows of plans.
@Singleton
public class PlanRepository {
    private static final String COLUMNS =
            """
            select id, conversation_id, team_id, workspace_id, source, confidence, topology, state,
                   tasks::text as tasks, request, version, swarm_id from plan where id = $1
            """;

    private final ObjectMapper json;

    PlanRepository(ObjectMapper json) {
        this.json = json;
    }

    public void insert(Tx tx, StoredPlan stored) {
        var plan = stored.plan();
        tx.update(
                """
                insert into plan (id, conversation_id, team_id, workspace_id, source, confidence, topology, state,
                                  tasks, request, version, created_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12)
                """,
                stored.id(),
                stored.conversationId(),
                stored.teamId(),
                stored.workspaceId(),
                plan.source().word(),
                plan.confidence(),
                plan.topology().word(),
                stored.state().word(),
                write(plan.tasks()),
                stored.request(),
                stored.version(),
                OffsetDateTime.now(ZoneOffset.UTC));
    }

    public Optional<StoredPlan> find(Tx tx, String id) {
        return tx.one(COLUMNS, id).map(this::stored);
    }

    /// Locks the row until the transaction ends.
    public Optional<StoredPlan> lock(Tx tx, String id) {
        return tx.one(COLUMNS + " for update", id).map(this::stored);
    }

    public void update(Tx tx, StoredPlan next) {
        tx.update(
                """
                update plan set topology = $2, tasks = $3::text::jsonb, state = $4, swarm_id = $5, version = $6
                where id = $1
                """,
                next.id(),
                next.plan().topology().word(),
                write(next.plan().tasks()),
                next.state().word(),
                next.state() instanceof PlanState.Approved(var swarmId) ? swarmId : null,
                next.version());
    }

    /// SHA-256 of the tasks as they are stored, hex.
    public String digest(Plan plan) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var tasks = write(plan.tasks()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha256.digest(tasks));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// One task as JSON.
    public String write(PlannedTask task) {
        return text(TaskBody.of(task));
    }

    /// What [#write(PlannedTask)] wrote.
    public PlannedTask read(String task) {
        try {
            return planned(json.readValue(task, TaskBody.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored task is not readable", e);
        }
    }

    private String write(List<PlannedTask> tasks) {
        return text(tasks.stream().map(TaskBody::of).toList());
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task is not JSON", e);
        }
    }

    private StoredPlan stored(Row row) {
        var tasks = new ArrayList<PlannedTask>();
        try {
            for (var body : json.readValue(row.getString("tasks"), TaskBody[].class)) {
                tasks.add(planned(body));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plan " + row.getString("id") + " is damaged", e);
        }
        var swarmId = row.getString("swarm_id");
        return new StoredPlan(
                row.getString("id"),
                row.getString("conversation_id"),
                row.getString("team_id"),
                row.getString("workspace_id"),
                new Plan(
                        row.getString("source").equals("llm") ? PlanSource.LLM : PlanSource.LOCAL,
                        row.getDouble("confidence"),
                        Topology.of(row.getString("topology")).orElseThrow(),
                        tasks),
                swarmId == null ? new PlanState.Draft() : new PlanState.Approved(swarmId),
                row.getString("request"),
                row.getLong("version"));
    }

    private static PlannedTask planned(TaskBody body) {
        var adapter = AdapterKind.of(Objects.requireNonNull(body.adapter())).orElseThrow();
        return new PlannedTask(
                Objects.requireNonNull(body.id()),
                Objects.requireNonNull(body.title()),
                Objects.requireNonNull(body.role()),
                adapter,
                body.prompt(),
                body.recipe(),
                present(body.command()),
                Program.of(adapter, body.profile(), body.model()),
                body.parameters() == null
                        ? java.util.Map.of()
                        : java.util.Map.copyOf(body.parameters()),
                present(body.dependsOn()),
                body.acceptance() == null
                        ? List.of()
                        : body.acceptance().stream()
                                .map(Objects::requireNonNull)
                                .map(c -> new AcceptanceCheck(Objects.requireNonNull(c.command())))
                                .toList(),
                new Allowance(
                        present(body.mayChange()),
                        Boolean.TRUE.equals(body.mayBeEmpty()),
                        Boolean.TRUE.equals(body.review()),
                        TaskBody.ASK.equals(body.permissions())));
    }

    private static List<String> present(
            @org.jspecify.annotations.Nullable
                    List<@org.jspecify.annotations.Nullable String> given) {
        return given == null ? List.of() : given.stream().filter(Objects::nonNull).toList();
    }
}
