package io.orchflow.orchestration.worker;

import io.grpc.Channel;

/// The way to workspace agents.
@FunctionalInterface
public interface AgentChannels {

    /// @throws Unreachable there is no agent now
    Channel to(String workspaceId);
}
