package io.orchflow.orchestration.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a client may change of a plan; everything else it sends is ignored.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanBody(
        @Nullable @Schema(enumeration = {"single", "pipeline", "parallel", "hierarchical", "mesh"})
                String topology,
        @Nullable @Schema(required = true, maxItems = PlanRules.MOST_TASKS)
                List<@Nullable TaskBody> tasks) {}
