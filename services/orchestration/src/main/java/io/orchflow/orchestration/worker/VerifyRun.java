package io.orchflow.orchestration.worker;

/// Runs a settled task's checks once more, because a person asked.
final class VerifyRun implements Runnable {
    private final LeasedSwarm swarm;
    private final String taskId;
    private final StopSignal stop;

    VerifyRun(LeasedSwarm swarm, String taskId, StopSignal stop) {
        this.swarm = swarm;
        this.taskId = taskId;
        this.stop = stop;
    }

    @Override
    public void run() {
        var at = swarm.now();
        var task = at.task(taskId).orElseThrow();
        var work = task.state().judged();
        if (work == null || !task.verifyPending()) {
            return;
        }
        var agentId =
                at.agents().stream()
                        .filter(agent -> agent.taskId().equals(taskId))
                        .reduce((_, later) -> later)
                        .orElseThrow()
                        .id();
        new Verification(swarm, stop).ofCommit(taskId, agentId, work, task.verifyRound());
        swarm.change(s -> s.verifiedAgain(taskId));
    }
}
