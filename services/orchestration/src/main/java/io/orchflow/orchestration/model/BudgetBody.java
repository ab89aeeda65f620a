package io.orchflow.orchestration.model;

import io.orchflow.problem.Validation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The most that may be spent; what is absent is not limited.
///
/// @param costUsd by the prices set for the models
public record BudgetBody(
        @Nullable
                @Schema(
                        minimum = "0",
                        description = "Of requests and answers together, as the providers count.")
                Long tokens,
        @Nullable @Schema(description = "By the prices set for the models.") BigDecimal costUsd) {

    private static final long MOST_TOKENS = 1_000_000_000_000L;

    /// @param field what it is called in the request
    public void check(Validation errors, String field) {
        errors.check(
                tokens == null || (tokens >= 0 && tokens <= MOST_TOKENS),
                field + ".tokens",
                "range",
                "A budget has 0 to 1,000,000,000,000 tokens.");
        errors.check(
                costUsd == null
                        || (costUsd.signum() >= 0
                                && costUsd.compareTo(BigDecimal.valueOf(1_000_000)) <= 0),
                field + ".costUsd",
                "range",
                "A budget is 0 to 1,000,000 USD.");
    }

    /// Rounded down.
    @Nullable Long micros() {
        return costUsd == null
                ? null
                : costUsd.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
