package io.orchflow.orchestration.plan;

import java.util.List;

/// Knows how the result of a plan is used.
public interface HowToRun {

    /// The lines of the recipes that these tasks pin, as far as the plan does all that a line
    /// needs; none for other tasks.
    List<RunLine> of(List<PlannedTask> tasks);
}
