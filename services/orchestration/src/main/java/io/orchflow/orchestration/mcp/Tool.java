package io.orchflow.orchestration.mcp;

import io.orchflow.orchestration.tunnel.AskingAgent;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Something that agents can call. Beans of it are found and offered to every agent. Called by many
/// virtual threads at once.
public interface Tool {

    /// Lower case words joined by `_`.
    String name();

    /// For the model.
    String description();

    List<Parameter> parameters();

    /// Does it. What other agents or people wrote is quoted by [Quote] in what this gives back.
    ///
    /// @param arguments were held to the parameters
    /// @param agent who calls, as its connection proves it
    /// @return for the model
    /// @throws ToolRefused it cannot be done
    String call(Arguments arguments, AskingAgent agent) throws ToolRefused, InterruptedException;

    /// The same, for tools that wait.
    ///
    /// @param heard whether somebody still waits for the answer
    default String call(Arguments arguments, AskingAgent agent, BooleanSupplier heard)
            throws ToolRefused, InterruptedException {
        return call(arguments, agent);
    }
}
