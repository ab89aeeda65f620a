package io.orchflow.orchestration.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client may change of a plan; everything else it sends is ignored.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanBody(@Nullable String topology, @Nullable List<@Nullable TaskBody> tasks) {}
