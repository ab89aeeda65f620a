package io.orchflow.orchestration.plan;

import java.util.Locale;

/// Which planner made a plan.
public enum PlanSource {
    LOCAL,
    LLM;

    /// As in the API: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
