package io.orchflow.orchestration.plan;

import java.util.List;

/// A planner's answer to a message. Texts are what the assistant says, in Markdown.
public sealed interface Proposal {

    Intent intent();

    String text();

    /// A plan that can be approved.
    record Planned(Intent intent, Plan plan, String text) implements Proposal {}

    /// The planner is not sure: the person chooses or says more.
    ///
    /// @param options answers to choose from, each a message that would be understood
    record Question(Intent intent, String text, List<String> options) implements Proposal {
        public Question {
            options = List.copyOf(options);
        }
    }

    /// Nothing fits. Never a made-up plan.
    ///
    /// @param suggestions the nearest things that would work, each a message or an action in words
    record NoFit(Intent intent, String text, List<String> suggestions) implements Proposal {
        public NoFit {
            suggestions = List.copyOf(suggestions);
        }
    }

    /// Talk that asks for no work.
    record SmallTalk(Intent intent, String text) implements Proposal {}
}
