package io.orchflow.orchestration.tunnel;

import java.io.IOException;

/// Answers agents' requests below a path. Called by many virtual threads at once; the agent has
/// shown its token.
public interface Door {

    /// `/v1` stands for `/v1` and all below it; no two doors share one.
    String path();

    /// Answers one request, as long as that takes.
    ///
    /// @throws IOException the answer could not be brought to its end: the connection is cut
    void answer(Exchange exchange, AskingAgent agent) throws IOException, InterruptedException;
}
