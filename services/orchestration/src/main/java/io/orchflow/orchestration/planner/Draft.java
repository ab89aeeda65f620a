package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;

/// What a model answered, understood.
sealed interface Draft {

    /// A plan that holds to the rules.
    ///
    /// @param confidence as the model says, 0..1
    record Tasks(String summary, double confidence, List<PlannedTask> tasks) implements Draft {
        public Tasks {
            tasks = List.copyOf(tasks);
        }
    }

    /// It wants to know more.
    ///
    /// @param options answers to choose from
    record Ask(String text, List<String> options) implements Draft {
        public Ask {
            options = List.copyOf(options);
        }
    }

    /// No work is asked for.
    record Words(String text) implements Draft {}

    /// It cannot be used.
    ///
    /// @param why for the model, and for people
    record Unfit(String why) implements Draft {}
}
