package io.orchflow.orchestration.tunnel;

import org.jspecify.annotations.Nullable;

/// An agent at the other end of a connection. Calls block; any thread.
public interface AskingAgent {

    AgentCaller caller();

    /// The model as its task names it; absent: the first of its team.
    @Nullable String wanted();

    /// Whether its swarm runs: one that is paused asks nothing new.
    boolean mayAsk();

    /// Whether a person has to allow what it does.
    boolean asksFirst();

    /// Where it works.
    AgentSandbox sandbox();

    /// It cannot go on unless somebody raises a limit.
    ///
    /// @param reason in words for people
    void budgetReached(String reason);

    /// It needs a person: it is shown so until that is over.
    ///
    /// @param question for people
    default void needs(String question) {
        throw new UnsupportedOperationException("nobody can be asked");
    }

    /// It needs nobody any more.
    default void helped() {
        throw new UnsupportedOperationException("nobody was asked");
    }
}
