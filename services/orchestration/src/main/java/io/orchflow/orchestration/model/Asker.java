package io.orchflow.orchestration.model;

import io.orchflow.orchestration.tunnel.AskingAgent;
import org.jspecify.annotations.Nullable;

/// Who asks a model through the proxy. Calls block; any thread.
public interface Asker {

    Payer payer();

    /// `provider/model` or `model`; absent: the first of its team.
    @Nullable String wanted();

    /// Whether it may ask now; while it may not, its calls wait.
    boolean mayAsk();

    /// It cannot go on unless somebody raises a limit.
    ///
    /// @param reason in words for people
    void budgetReached(String reason);

    static Asker of(AskingAgent agent) {
        return new Asker() {
            @Override
            public Payer payer() {
                return Payer.of(agent.caller());
            }

            @Override
            public @Nullable String wanted() {
                return agent.wanted();
            }

            @Override
            public boolean mayAsk() {
                return agent.mayAsk();
            }

            @Override
            public void budgetReached(String reason) {
                agent.budgetReached(reason);
            }
        };
    }
}
