package io.orchflow.orchestration.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What an agent's program did last, in its own words.
///
/// @param swarmId only in events
/// @param agentId only in events
@RegisterForReflection
public record ActivityView(
        @Nullable String swarmId,
        @Nullable String agentId,
        @Schema(description = "What it was: `command`, `file`, `message`, …") String kind,
        @Schema(maxLength = 300, description = "One line, the program's own words.") String text,
        Instant at) {}
