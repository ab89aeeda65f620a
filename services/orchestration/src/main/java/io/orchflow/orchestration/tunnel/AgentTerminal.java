package io.orchflow.orchestration.tunnel;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A pane that an agent has opened. One thread reads; any ends it.
public interface AgentTerminal extends AutoCloseable {

    String paneId();

    /// What its command has put out next, as a terminal gets it.
    ///
    /// @return null after the last
    byte @Nullable [] read() throws IOException;

    /// Known once everything is read; empty where nobody knows it.
    OptionalInt exitCode();

    /// Kills its command and all below it; the pane stays.
    void end() throws IOException;

    /// Stops listening; the command goes on.
    @Override
    void close();
}
