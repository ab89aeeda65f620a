package io.orchflow.orchestration.stream;

/// Which events of a workspace a reader sees.
public sealed interface EventFilter {

    /// Everything.
    record Workspace() implements EventFilter {}

    /// One conversation, with the swarms it led to.
    record Conversation(String conversationId) implements EventFilter {}

    /// One swarm, with its tasks and agents.
    record Swarm(String swarmId) implements EventFilter {}
}
