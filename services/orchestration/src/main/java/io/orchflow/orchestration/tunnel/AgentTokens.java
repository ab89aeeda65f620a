package io.orchflow.orchestration.tunnel;

/// What agents show to be let in.
public interface AgentTokens {

    /// Good for as long as the attempt lives, since nobody else has a way to come.
    String token(String swarmId, String agentId);
}
