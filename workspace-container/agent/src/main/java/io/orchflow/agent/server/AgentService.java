package io.orchflow.agent.server;

import io.grpc.BindableService;

/// A gRPC service of the agent. Its bean is of this type only (`@Typed(AgentService.class)`):
/// Quarkus starts no server of its own for it, [AgentServer] serves it.
public interface AgentService extends BindableService {}
