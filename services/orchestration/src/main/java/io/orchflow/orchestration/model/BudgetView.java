package io.orchflow.orchestration.model;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A team's or a person's budget for this month.
public record BudgetView(
        @Schema(enumeration = {"team", "user"}) String scope,
        @Schema(description = "The team, or the person.") String id,
        long tokensUsed,
        @Schema(description = "By the prices set for the models.") java.math.BigDecimal usdUsed,
        UsageView.@Nullable LimitsView limits) {}
