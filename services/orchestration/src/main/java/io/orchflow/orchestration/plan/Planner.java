package io.orchflow.orchestration.plan;

/// Turns a message into a plan, or says honestly why there is none.
public interface Planner {

    /// Thread-safe; may block (callers are on virtual threads).
    ///
    /// @param text what the person wrote, 1..20,000 characters; data, never instructions to the
    /// planner's host
    Proposal propose(String text, PlanningContext context);
}
