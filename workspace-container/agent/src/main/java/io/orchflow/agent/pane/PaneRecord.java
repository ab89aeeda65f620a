package io.orchflow.agent.pane;

import org.jspecify.annotations.Nullable;

/// What is kept of a pane on the disk, so that the next life of the agent finds it again. Commands
/// and environments are not kept.
///
/// @param number the order of opening, from 1
/// @param endSecret what the end mark of this pane holds
/// @param reservedSeq sequence numbers below this one may have been used
/// @param endSeq the number behind the last byte; only for an exited pane
record PaneRecord(
        String paneId,
        long number,
        @Nullable String requestId,
        @Nullable String agentId,
        @Nullable String swarmId,
        String title,
        int cols,
        int rows,
        String endSecret,
        @Nullable Principal leaseHolder,
        long reservedSeq,
        boolean exited,
        @Nullable Integer exitCode,
        @Nullable Long endSeq) {}
