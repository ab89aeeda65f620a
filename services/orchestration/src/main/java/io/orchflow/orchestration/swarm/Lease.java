package io.orchflow.orchestration.swarm;

/// One worker's right to do a swarm's work, until another gets a higher epoch.
///
/// @param epoch goes up with every claim; the workspace agent refuses lower ones
/// @param afterRestart the platform was started anew while somebody held it
public record Lease(
        String swarmId, String workspaceId, String owner, long epoch, boolean afterRestart) {}
