package io.orchflow.orchestration.worker;

import io.grpc.Channel;

/// The way to workspace agents.
@FunctionalInterface
public interface AgentChannels {

    /// What is known of a workspace: a stopped one comes back by a person's start only.
    enum Presence {
        MAY_RUN,
        STOPPED,
        DELETED
    }

    /// @throws Unreachable there is no agent now
    Channel to(String workspaceId);

    default Presence presence(String workspaceId) {
        return Presence.MAY_RUN;
    }
}
