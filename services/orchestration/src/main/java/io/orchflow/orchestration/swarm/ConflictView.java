package io.orchflow.orchestration.swarm;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An expected conflict, in the API and in rows.
@RegisterForReflection
public record ConflictView(
        String taskId,
        @Schema(
                        description =
                                "What its work would conflict with: main, another task, or work of another swarm.",
                        enumeration = {"MAIN", "TASK", "SWARM"})
                String kind,
        @Nullable @Schema(description = "The other task, only with TASK.") String with,
        @Schema(description = "Sorted, at most 100.") List<String> paths) {

    static ConflictView of(ExpectedConflict conflict) {
        return new ConflictView(
                conflict.taskId(), conflict.kind().name(), conflict.with(), conflict.paths());
    }
}
