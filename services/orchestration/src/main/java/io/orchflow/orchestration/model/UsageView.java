package io.orchflow.orchestration.model;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What models were used for a swarm; recipes and commands that orchflow starts itself use none.
///
/// @param swarmId only in events
public record UsageView(
        @Nullable @Schema(description = "Only in events.") String swarmId,
        @Schema(description = "As the providers count them.") long tokensIn,
        long tokensOut,
        @Nullable
                @Schema(
                        description =
                                "By the prices set for the models; absent where none has a price.")
                BigDecimal costUsd,
        @Schema(description = "Those that have asked a model.") List<AgentUsageView> agents,
        @Nullable @Schema(description = "Absent where the swarm has no limit of its own.")
                LimitsView budget) {

    /// Of one agent.
    public record AgentUsageView(
            String agentId, long tokensIn, long tokensOut, @Nullable BigDecimal costUsd) {}

    /// What may be spent and what is.
    ///
    /// @param minutes what is used of them is the swarm's `elapsedMs`
    /// @param agents what is used of them is how many it has
    public record LimitsView(
            @Nullable TokensView tokens,
            @Nullable UsdView costUsd,
            @Nullable @Schema(description = "The most of a swarm; used is its elapsedMs.")
                    Long minutes,
            @Nullable @Schema(description = "The most of a swarm; used is how many it has.")
                    Long agents) {
        static @Nullable LimitsView of(
                Budget budget, @Nullable Long minutes, @Nullable Long agents) {
            var tokens = budget.tokens();
            var micros = budget.micros();
            if (tokens == null && micros == null && minutes == null && agents == null) {
                return null;
            }
            return new LimitsView(
                    tokens == null
                            ? null
                            : new TokensView(
                                    tokens, budget.used().tokens(), budget.reserved().tokens()),
                    micros == null
                            ? null
                            : new UsdView(
                                    dollars(micros),
                                    dollars(budget.used().micros()),
                                    dollars(budget.reserved().micros())),
                    minutes,
                    agents);
        }
    }

    /// @param reserved what calls that are under way may use yet
    public record TokensView(
            long limit,
            long used,
            @Schema(description = "What calls that are under way may use yet.") long reserved) {}

    /// @param reserved what calls that are under way may cost yet
    public record UsdView(
            BigDecimal limit,
            BigDecimal used,
            @Schema(description = "What calls that are under way may cost yet.")
                    BigDecimal reserved) {}

    /// @param micros absent where the models have no price
    record Count(long tokensIn, long tokensOut, @Nullable Long micros) {}

    static UsageView of(String swarmId, Map<String, Count> agents, @Nullable LimitsView budget) {
        var counts = agents.values();
        var priced = counts.stream().anyMatch(count -> count.micros() != null);
        var micros = counts.stream().mapToLong(c -> c.micros() == null ? 0 : c.micros()).sum();
        return new UsageView(
                swarmId,
                counts.stream().mapToLong(Count::tokensIn).sum(),
                counts.stream().mapToLong(Count::tokensOut).sum(),
                priced ? dollars(micros) : null,
                agents.entrySet().stream()
                        .map(entry -> agent(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(AgentUsageView::agentId))
                        .toList(),
                budget);
    }

    private static AgentUsageView agent(String id, Count count) {
        var micros = count.micros();
        return new AgentUsageView(
                id, count.tokensIn(), count.tokensOut(), micros == null ? null : dollars(micros));
    }

    /// As part of the swarm, which has the id already.
    public UsageView ofSwarm() {
        return new UsageView(null, tokensIn, tokensOut, costUsd, agents, budget);
    }

    static BigDecimal dollars(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }
}
