package io.orchflow.orchestration.model;

import org.jspecify.annotations.Nullable;

/// Holds every call to its budgets: reserved before it is made, settled after. Calls block; any
/// thread but an event loop.
public interface Spending {

    /// How a call ended.
    enum Outcome {
        /// The provider has said what it used.
        ANSWERED,
        /// The provider has refused it, or was never reached: nothing counts.
        REFUSED,
        /// It was made, and nobody knows what it used: all that was reserved counts.
        UNKNOWN
    }

    /// One try. Where it is granted, the call has to be settled.
    ///
    /// @param callId fresh
    Ask.Verdict reserve(String callId, Payer payer, ModelChoice choice, Ask ask);

    /// Nothing new where the call is settled already.
    ///
    /// @param usage with ANSWERED only
    void settle(String callId, Outcome outcome, @Nullable Usage usage);
}
