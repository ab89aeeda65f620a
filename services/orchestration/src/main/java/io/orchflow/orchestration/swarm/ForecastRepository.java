package io.orchflow.orchestration.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.outbox.Tx;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/// What would conflict, as it was found last.
final class ForecastRepository {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<ConflictView>> LIST = new TypeReference<>() {};

    private ForecastRepository() {}

    static List<ConflictView> of(Tx tx, String swarmId) {
        return tx.one("select conflicts::text as found from forecast where swarm_id = $1", swarmId)
                .map(row -> read(row.getString("found")))
                .orElse(List.of());
    }

    static void put(Tx tx, String swarmId, List<ConflictView> conflicts) {
        tx.update(
                """
                insert into forecast (swarm_id, conflicts) values ($1, $2::text::jsonb)
                on conflict (swarm_id) do update set conflicts = excluded.conflicts
                """,
                swarmId,
                write(conflicts));
    }

    static NewEvent event(Lease lease, List<ConflictView> conflicts) {
        var told = new ConflictsEvent(lease.swarmId(), conflicts);
        return new NewEvent(lease.workspaceId(), null, lease.swarmId(), "conflicts", told);
    }

    @RegisterForReflection
    record ConflictsEvent(String swarmId, List<ConflictView> conflicts) {}

    private static List<ConflictView> read(String text) {
        try {
            return JSON.readValue(text, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a forecast that was written cannot be read", e);
        }
    }

    private static String write(List<ConflictView> conflicts) {
        try {
            return JSON.writeValueAsString(conflicts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a forecast cannot be written", e);
        }
    }
}
