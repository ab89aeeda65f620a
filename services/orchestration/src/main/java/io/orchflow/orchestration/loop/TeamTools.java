package io.orchflow.orchestration.loop;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;

/// Tools by which the agent reaches others; nothing of them is done in its sandbox. Calls block;
/// one
/// thread.
interface TeamTools {
    /// For an agent that is alone.
    TeamTools NONE =
            new TeamTools() {
                @Override
                public List<ToolSpecification> all() {
                    return List.of();
                }

                @Override
                public String call(Hands.Call call) {
                    throw new IllegalArgumentException("there is no tool " + call.tool());
                }
            };

    List<ToolSpecification> all();

    /// @return for the model, whether it was done or refused
    String call(Hands.Call call) throws InterruptedException;

    default boolean has(String name) {
        return all().stream().anyMatch(one -> one.name().equals(name));
    }
}
