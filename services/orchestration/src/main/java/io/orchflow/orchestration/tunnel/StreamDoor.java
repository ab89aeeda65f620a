package io.orchflow.orchestration.tunnel;

import java.io.IOException;

/// Takes connections that leave HTTP for a protocol of their own (RFC 9110, section 7.8). The agent
/// sends nothing more before it has read the answer 101.
public interface StreamDoor {

    /// The whole path of the request.
    String path();

    /// As in the header `Upgrade`.
    String protocol();

    /// Speaks with the agent until either side ends it; the connection is over when this returns.
    /// On a virtual thread of its own.
    void run(Tunnel stream, AskingAgent agent) throws IOException, InterruptedException;
}
