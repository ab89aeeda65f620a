package io.orchflow.orchestration.model;

import io.orchflow.problem.Validation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The most that may be spent; what is absent is not limited.
///
/// @param costUsd by the prices set for the models
/// @param minutes of a swarm only: time RUNNING, pauses left out
/// @param agents of a swarm only: attempts that may begin, over all tasks
public record BudgetBody(
        @Nullable
                @Schema(
                        minimum = "0",
                        description = "Of requests and answers together, as the providers count.")
                Long tokens,
        @Nullable @Schema(description = "By the prices set for the models.") BigDecimal costUsd,
        @Nullable
                @Schema(
                        minimum = "0",
                        description = "Of a swarm only: time RUNNING, pauses left out.")
                Long minutes,
        @Nullable
                @Schema(
                        minimum = "0",
                        description = "Of a swarm only: attempts that may begin, over all tasks.")
                Long agents) {

    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final long MOST_MINUTES = 100_000;
    private static final long MOST_AGENTS = 10_000;

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
        range(errors, field + ".minutes", minutes, MOST_MINUTES, "minutes");
        range(errors, field + ".agents", agents, MOST_AGENTS, "agents");
    }

    private static void range(
            Validation errors, String field, @Nullable Long limit, long most, String unit) {
        errors.check(
                limit == null || (limit >= 0 && limit <= most),
                field,
                "range",
                String.format(Locale.ROOT, "A budget has 0 to %,d %s.", most, unit));
    }

    /// A team's or a person's month has neither minutes nor agents.
    void checkOfMonth(Validation errors) {
        errors.check(
                minutes == null,
                "budget.minutes",
                "swarm-only",
                "Only a swarm's budget has minutes: limit the tokens or the cost of the month.");
        errors.check(
                agents == null,
                "budget.agents",
                "swarm-only",
                "Only a swarm's budget has agents: limit the tokens or the cost of the month.");
    }

    /// Rounded down.
    @Nullable Long micros() {
        return costUsd == null
                ? null
                : costUsd.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
    }
}
