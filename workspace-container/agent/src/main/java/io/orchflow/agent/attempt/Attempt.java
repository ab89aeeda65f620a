package io.orchflow.agent.attempt;

import io.orchflow.agent.pane.Attention;
import io.orchflow.agent.repository.Clones.Collected;
import io.orchflow.agent.repository.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt of one task, as the agent remembers it. Its methods are the only ways on.
///
/// @param requestId of the launch: a second launch with it finds this attempt
/// @param agentId the attempt's identity everywhere outside
/// @param uid the sandbox's user
/// @param leader pid of the pane's command; 0 before it runs
/// @param leaderStart start time of that process, clock ticks after boot
/// @param exitCode null while it runs, and when it died with its workspace
/// @param delivered the last messages' request ids, so that a retry is not a second message
/// @param discarded whether the clone is gone
/// @param attention what its program asks of a person; null when nothing, and once it has exited
@RegisterForReflection
record Attempt(
        String requestId,
        String agentId,
        String swarmId,
        String taskId,
        String role,
        String paneId,
        String baseCommit,
        int uid,
        String assurance,
        Phase phase,
        int leader,
        long leaderStart,
        @Nullable Integer exitCode,
        List<String> delivered,
        @Nullable Collected collected,
        boolean discarded,
        @Nullable Attention attention) {

    private static final int REMEMBERED = 100;

    /// Where an attempt stands.
    enum Phase {
        /// The clone and the pane are being made.
        PREPARING,
        RUNNING,
        /// Every process is stopped.
        FROZEN,
        EXITED
    }

    Attempt {
        delivered = List.copyOf(delivered);
    }

    boolean alive() {
        return phase == Phase.RUNNING || phase == Phase.FROZEN;
    }

    Attempt started(int leader, long leaderStart) {
        return with(Phase.RUNNING, leader, leaderStart, null, delivered, collected, discarded);
    }

    Attempt frozen() {
        requireAlive();
        return with(Phase.FROZEN, leader, leaderStart, null, delivered, collected, discarded);
    }

    Attempt thawed() {
        requireAlive();
        return with(Phase.RUNNING, leader, leaderStart, null, delivered, collected, discarded);
    }

    /// @param exitCode null when it is not known
    Attempt exited(@Nullable Integer exitCode) {
        return with(Phase.EXITED, leader, leaderStart, exitCode, delivered, collected, discarded);
    }

    Attempt tookDelivery(String requestId) {
        requireAlive();
        List<String> ids = new ArrayList<>(delivered);
        ids.add(requestId);
        List<String> last = ids.subList(Math.max(0, ids.size() - REMEMBERED), ids.size());
        return with(phase, leader, leaderStart, exitCode, last, collected, discarded);
    }

    /// Its program asks for a person, or (null) does not any more.
    Attempt asking(@Nullable Attention next) {
        requireAlive();
        return with(phase, leader, leaderStart, exitCode, delivered, collected, discarded, next);
    }

    Attempt collected(Collected result) {
        requireExited();
        return with(phase, leader, leaderStart, exitCode, delivered, result, discarded);
    }

    Attempt withoutClone() {
        requireExited();
        return with(phase, leader, leaderStart, exitCode, delivered, collected, true);
    }

    void requireAlive() {
        if (!alive()) {
            throw Refusal.wrongState("agent " + agentId + " is " + phase + ", not running");
        }
    }

    void requireExited() {
        if (phase != Phase.EXITED) {
            throw Refusal.wrongState("agent " + agentId + " is " + phase + ", not exited");
        }
    }

    private Attempt with(
            Phase phase,
            int leader,
            long leaderStart,
            @Nullable Integer exitCode,
            List<String> delivered,
            @Nullable Collected collected,
            boolean discarded) {
        Attention kept = phase == Phase.EXITED ? null : attention;
        return with(phase, leader, leaderStart, exitCode, delivered, collected, discarded, kept);
    }

    private Attempt with(
            Phase phase,
            int leader,
            long leaderStart,
            @Nullable Integer exitCode,
            List<String> delivered,
            @Nullable Collected collected,
            boolean discarded,
            @Nullable Attention attention) {
        return new Attempt(
                requestId,
                agentId,
                swarmId,
                taskId,
                role,
                paneId,
                baseCommit,
                uid,
                assurance,
                phase,
                leader,
                leaderStart,
                exitCode,
                delivered,
                collected,
                discarded,
                attention);
    }
}
