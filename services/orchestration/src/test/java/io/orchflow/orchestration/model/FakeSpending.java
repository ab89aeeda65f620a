package io.orchflow.orchestration.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Budgets in memory: one, and what was asked of it.
final class FakeSpending implements Spending {
    record Settled(Outcome outcome, @Nullable Usage usage) {}

    volatile @Nullable Long tokens;
    volatile Spend reserved = Spend.NONE;
    final List<Ask> asked = new CopyOnWriteArrayList<>();
    final List<Settled> settled = new CopyOnWriteArrayList<>();

    @Override
    public Ask.Verdict reserve(String callId, Payer payer, ModelChoice choice, Ask ask) {
        asked.add(ask);
        return ask.in(List.of(new Budget(Scope.SWARM, tokens, null, Spend.NONE, reserved)));
    }

    @Override
    public void settle(String callId, Outcome outcome, @Nullable Usage usage) {
        settled.add(new Settled(outcome, usage));
    }
}
