package io.orchflow.orchestration.worker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One merge at a time in each workspace. Another node's merges are seen by the workspace agent,
/// which moves main only from where the merge was prepared.
final class MergeQueue {
    private final ConcurrentHashMap<String, Semaphore> turns = new ConcurrentHashMap<>();

    /// Runs a merge when its turn comes.
    ///
    /// @throws Stopped before its turn
    void inTurn(String workspaceId, StopSignal stop, Runnable merge) {
        var turn = turns.computeIfAbsent(workspaceId, _ -> new Semaphore(1, true));
        try {
            while (!turn.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                stop.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
        try {
            stop.check();
            merge.run();
        } finally {
            turn.release();
        }
    }
}
