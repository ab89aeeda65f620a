package io.orchflow.orchestration.plan;

/// The states of a plan.
public sealed interface PlanState {

    record Draft() implements PlanState {
        public Approved approve(String swarmId) {
            return new Approved(swarmId);
        }
    }

    /// Never changes again.
    record Approved(String swarmId) implements PlanState {}

    /// As in the API.
    default String word() {
        return switch (this) {
            case Draft _ -> "DRAFT";
            case Approved _ -> "APPROVED";
        };
    }
}
