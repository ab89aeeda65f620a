package io.orchflow.orchestration.swarm;

/// Names the swarm that a call was about.
public record SwarmIdView(String swarmId) {}
