package io.orchflow.agent.pane;

import java.util.List;

/// How a person's pane is confined. The sandbox feature brings a bean of this type; without one the
/// command runs as it is.
public interface PersonSandbox {

    /// The argv that runs `argv` inside the sandbox, with the same environment and working
    /// directory.
    List<String> wrap(String paneId, List<String> argv);
}
