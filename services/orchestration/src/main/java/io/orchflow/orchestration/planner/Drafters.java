package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.PlanningContext;

/// Models that draft plans. Calls block; any thread but an event loop.
interface Drafters {

    /// Why there is none where the team has no provider at all.
    String NONE = "No model provider is configured";

    /// The one of the asker's team.
    ///
    /// @throws NoDraft it has none
    Drafter of(PlanningContext.Asker asker) throws NoDraft;

    /// One conversation with a model. One thread.
    interface Drafter {

        /// `provider/model`.
        String name();

        /// What holds for all answers.
        void rules(String text);

        /// @throws NoDraft there is no answer
        String answer(String text) throws NoDraft;
    }

    /// There is no answer; the message says why, for people.
    final class NoDraft extends Exception {
        private static final long serialVersionUID = 1;

        NoDraft(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
