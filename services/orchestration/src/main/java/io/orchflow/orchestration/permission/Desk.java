package io.orchflow.orchestration.permission;

import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AskingAgent;
import java.util.function.BooleanSupplier;

/// Where agents ask people. Calls block until somebody has answered; any thread.
public interface Desk {

    /// @param waits whether the agent still does
    /// @return whether a person has allowed it; false too where the agent waits no more
    boolean permit(AgentCaller agent, Wanted wanted, BooleanSupplier waits)
            throws InterruptedException;

    /// What holds for this agent: by its task it has to ask, or need not.
    default Gate gate(AskingAgent agent, BooleanSupplier waits) {
        if (!agent.asksFirst()) {
            return Gate.FREE;
        }
        return wanted -> {
            agent.needs(wanted.question());
            try {
                return permit(agent.caller(), wanted, waits);
            } finally {
                agent.helped();
            }
        };
    }
}
