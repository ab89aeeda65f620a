package io.orchflow.orchestration.model;

import io.orchflow.outbox.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rows of limits.
@Singleton
public class BudgetRepository {
    private final Clock clock = Clock.systemUTC();

    /// Sets a limit, as part of the transaction; without any number it is none.
    public void limit(Tx tx, String teamId, Scope scope, String id, BudgetBody limits) {
        tx.update(
                """
                insert into budget_limit (team_id, scope, id, tokens, micros, minutes, agents)
                values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (team_id, scope, id)
                do update set tokens = $4, micros = $5, minutes = $6, agents = $7
                """,
                teamId,
                scope.word(),
                id,
                limits.tokens(),
                limits.micros(),
                limits.minutes(),
                limits.agents());
    }

    /// The team of a swarm.
    Optional<String> teamOf(Tx tx, String swarmId) {
        return tx.one("select team_id from swarm where id = $1", swarmId)
                .map(row -> row.getString("team_id"));
    }

    /// The team's and its people's, of this month, whoever has spent or is limited.
    List<BudgetView> ofTeam(Tx tx, String teamId) {
        var period = YearMonth.now(clock.withZone(ZoneOffset.UTC)).toString();
        var budgets = new ArrayList<BudgetView>();
        tx.query(
                        """
                        select scope, id, l.tokens, l.micros, coalesce(used_tokens, 0) as used_tokens,
                               coalesce(used_micros, 0) as used_micros,
                               coalesce(reserved_tokens, 0) as reserved_tokens,
                               coalesce(reserved_micros, 0) as reserved_micros
                        from (select * from budget where team_id = $1 and period = $2) b
                        full join (select * from budget_limit where team_id = $1 and scope <> 'swarm') l
                             using (team_id, scope, id)
                        where scope <> 'swarm' order by scope, id
                        """,
                        teamId,
                        period)
                .forEach(
                        row -> {
                            var budget = SpendingStore.budget(row);
                            budgets.add(
                                    new BudgetView(
                                            budget.scope().name().toLowerCase(Locale.ROOT),
                                            row.getString("id"),
                                            budget.used().tokens(),
                                            UsageView.dollars(budget.used().micros()),
                                            UsageView.LimitsView.of(budget, null, null)));
                        });
        return budgets;
    }
}
