package io.orchflow.orchestration.swarm;

import io.orchflow.events.orchestration.AgentExited;
import io.orchflow.events.orchestration.AgentPaused;
import io.orchflow.events.orchestration.AgentResumed;
import io.orchflow.events.orchestration.AgentStarted;
import io.orchflow.events.orchestration.CheckEvidence;
import io.orchflow.events.orchestration.SwarmCancelled;
import io.orchflow.events.orchestration.SwarmCompleted;
import io.orchflow.events.orchestration.SwarmFailed;
import io.orchflow.events.orchestration.SwarmPaused;
import io.orchflow.events.orchestration.SwarmResumed;
import io.orchflow.events.orchestration.SwarmStarted;
import io.orchflow.events.orchestration.TaskAttemptFailed;
import io.orchflow.events.orchestration.TaskCancelled;
import io.orchflow.events.orchestration.TaskFailed;
import io.orchflow.events.orchestration.TaskRetried;
import io.orchflow.events.orchestration.TaskStarted;
import io.orchflow.events.orchestration.TaskVerified;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Facts of the swarm topic, without their envelopes. (The builders of Avro want those first.)
final class SwarmFacts {

    private SwarmFacts() {}

    static AgentExited agentExited(
            String swarmId, String taskId, String agentId, @Nullable Integer exitCode) {
        var fact = new AgentExited();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAgentId(agentId);
        fact.setExitCode(exitCode);
        return fact;
    }

    static AgentPaused agentPaused(String swarmId, String taskId, String agentId) {
        var fact = new AgentPaused();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAgentId(agentId);
        return fact;
    }

    static AgentResumed agentResumed(String swarmId, String taskId, String agentId) {
        var fact = new AgentResumed();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAgentId(agentId);
        return fact;
    }

    static AgentStarted agentStarted(
            String swarmId,
            String taskId,
            String agentId,
            int attempt,
            String role,
            String adapter,
            String paneId) {
        var fact = new AgentStarted();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAgentId(agentId);
        fact.setAttempt(attempt);
        fact.setRole(role);
        fact.setAdapter(adapter);
        fact.setPaneId(paneId);
        return fact;
    }

    static SwarmCancelled swarmCancelled(String swarmId, long elapsedMs) {
        var fact = new SwarmCancelled();
        fact.setSwarmId(swarmId);
        fact.setElapsedMs(elapsedMs);
        return fact;
    }

    static SwarmCompleted swarmCompleted(String swarmId, long elapsedMs) {
        var fact = new SwarmCompleted();
        fact.setSwarmId(swarmId);
        fact.setElapsedMs(elapsedMs);
        return fact;
    }

    static SwarmFailed swarmFailed(String swarmId, long elapsedMs, List<String> failedTasks) {
        var fact = new SwarmFailed();
        fact.setSwarmId(swarmId);
        fact.setElapsedMs(elapsedMs);
        fact.setFailedTasks(failedTasks);
        return fact;
    }

    static SwarmPaused swarmPaused(String swarmId, String reason) {
        var fact = new SwarmPaused();
        fact.setSwarmId(swarmId);
        fact.setReason(reason);
        return fact;
    }

    static SwarmResumed swarmResumed(String swarmId) {
        var fact = new SwarmResumed();
        fact.setSwarmId(swarmId);
        return fact;
    }

    static SwarmStarted swarmStarted(String swarmId) {
        var fact = new SwarmStarted();
        fact.setSwarmId(swarmId);
        return fact;
    }

    static TaskAttemptFailed taskAttemptFailed(
            String swarmId, String taskId, int attempt, String reason, @Nullable Integer exitCode) {
        var fact = new TaskAttemptFailed();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAttempt(attempt);
        fact.setReason(reason);
        fact.setExitCode(exitCode);
        return fact;
    }

    static TaskCancelled taskCancelled(String swarmId, String taskId, String reason) {
        var fact = new TaskCancelled();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setReason(reason);
        return fact;
    }

    static TaskFailed taskFailed(String swarmId, String taskId, String reason) {
        var fact = new TaskFailed();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setReason(reason);
        return fact;
    }

    static TaskRetried taskRetried(String swarmId, String taskId, int attempt) {
        var fact = new TaskRetried();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAttempt(attempt);
        return fact;
    }

    static TaskStarted taskStarted(String swarmId, String taskId, int attempt) {
        var fact = new TaskStarted();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAttempt(attempt);
        return fact;
    }

    static TaskVerified taskVerified(
            String swarmId,
            String taskId,
            int attempt,
            String commit,
            List<CheckEvidence> evidence,
            int inputsChanged) {
        var fact = new TaskVerified();
        fact.setSwarmId(swarmId);
        fact.setTaskId(taskId);
        fact.setAttempt(attempt);
        fact.setCommit(commit);
        fact.setEvidence(evidence);
        fact.setInputsChanged(inputsChanged);
        return fact;
    }
}
