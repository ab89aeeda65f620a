package io.orchflow.orchestration.tunnel;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What is done in the sandbox of an agent at work, as its user. Paths are absolute in there, or
/// relative to its clone. Calls block; any thread.
public interface AgentSandbox {

    /// Opens a pane that people see, with a command that is paused and ended with the agent. Waits
    /// while the swarm is paused.
    ///
    /// @throws IOException it cannot be opened, with the reason
    AgentTerminal open(Order order) throws IOException, InterruptedException;

    /// @throws IOException there is no such file, or it is too large
    byte[] read(String path) throws IOException;

    /// @throws IOException it cannot be written
    void write(String path, byte[] content) throws IOException;

    /// @param title for people
    /// @param directory empty: the clone
    /// @param environment added to what everything in the sandbox gets
    record Order(
            String title, List<String> command, String directory, Map<String, String> environment) {
        public Order {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }
}
