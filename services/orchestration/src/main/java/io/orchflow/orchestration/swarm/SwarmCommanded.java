package io.orchflow.orchestration.swarm;

/// Fired when people have asked something of a swarm, after the commit.
public record SwarmCommanded(String swarmId) {}
