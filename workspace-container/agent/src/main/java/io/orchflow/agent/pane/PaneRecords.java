package io.orchflow.agent.pane;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Changed copies of records.
final class PaneRecords {

    private PaneRecords() {}

    static PaneRecord fresh(PaneSpec spec, long number) {
        return new PaneRecord(
                spec.paneId(),
                number,
                spec.requestId(),
                spec.agentId(),
                spec.swarmId(),
                spec.title(),
                spec.size().cols(),
                spec.size().rows(),
                UUID.randomUUID().toString(),
                spec.opener(),
                PaneOutput.RANGE,
                false,
                null,
                null);
    }

    /// Where the numbers go on in a new life of the agent.
    static long nextSeq(PaneRecord record) {
        Long end = record.endSeq();
        return end == null ? record.reservedSeq() : end;
    }

    static PaneRecord withLease(PaneRecord r, @Nullable Principal holder) {
        return new PaneRecord(
                r.paneId(),
                r.number(),
                r.requestId(),
                r.agentId(),
                r.swarmId(),
                r.title(),
                r.cols(),
                r.rows(),
                r.endSecret(),
                holder,
                r.reservedSeq(),
                r.exited(),
                r.exitCode(),
                r.endSeq());
    }

    static PaneRecord withSize(PaneRecord r, Size size) {
        return new PaneRecord(
                r.paneId(),
                r.number(),
                r.requestId(),
                r.agentId(),
                r.swarmId(),
                r.title(),
                size.cols(),
                size.rows(),
                r.endSecret(),
                r.leaseHolder(),
                r.reservedSeq(),
                r.exited(),
                r.exitCode(),
                r.endSeq());
    }

    static PaneRecord withReserved(PaneRecord r, long seq) {
        return new PaneRecord(
                r.paneId(),
                r.number(),
                r.requestId(),
                r.agentId(),
                r.swarmId(),
                r.title(),
                r.cols(),
                r.rows(),
                r.endSecret(),
                r.leaseHolder(),
                Math.max(seq, r.reservedSeq()),
                r.exited(),
                r.exitCode(),
                r.endSeq());
    }

    static PaneRecord withExit(PaneRecord r, @Nullable Integer exitCode, long endSeq) {
        return new PaneRecord(
                r.paneId(),
                r.number(),
                r.requestId(),
                r.agentId(),
                r.swarmId(),
                r.title(),
                r.cols(),
                r.rows(),
                r.endSecret(),
                r.leaseHolder(),
                r.reservedSeq(),
                true,
                exitCode,
                endSeq);
    }
}
