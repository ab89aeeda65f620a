package io.orchflow.terminal.journal;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.terminal.JournalGapFound;
import io.orchflow.events.terminal.PaneClosed;
import io.orchflow.events.terminal.PaneExited;
import io.orchflow.events.terminal.PaneLeaseChanged;
import io.orchflow.events.terminal.PaneOpened;
import io.orchflow.events.terminal.PaneResized;
import io.orchflow.events.terminal.WorkspaceAgentStarted;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// What a journal's entries are to the other services.
final class JournalFacts {

    private JournalFacts() {}

    /// A fact, and the id of the aggregate whose facts keep their order.
    record Keyed(String key, SpecificRecordBase fact) {}

    /// @return empty for an entry of a kind that this release does not know
    static Optional<Keyed> of(JournalEntry entry, String workspaceId, String teamId) {
        return Optional.ofNullable(what(entry))
                .map(fact -> stamp(fact, entry, workspaceId, teamId))
                .map(
                        fact ->
                                new Keyed(
                                        entry.getPaneId().isEmpty()
                                                ? workspaceId
                                                : entry.getPaneId(),
                                        fact));
    }

    /// The entries from `from` up to the one before `entry` are lost.
    static Keyed gap(long from, JournalEntry entry, String workspaceId, String teamId) {
        var gap = new JournalGapFound();
        gap.setAgentEpoch(entry.getAgentEpoch());
        gap.setFromNumber(from);
        gap.setToNumber(entry.getNumber() - 1);
        return new Keyed(
                workspaceId, Facts.stamp(gap, Envelope.ofSystem("terminal", teamId, workspaceId)));
    }

    private static @Nullable SpecificRecordBase what(JournalEntry entry) {
        return switch (entry.getWhatCase()) {
            case OPENED -> opened(entry);
            case EXITED -> exited(entry);
            case CLOSED -> {
                var closed = new PaneClosed();
                closed.setPaneId(entry.getPaneId());
                yield closed;
            }
            case LEASE_CHANGED -> leaseChanged(entry);
            case RESIZED -> {
                var resized = new PaneResized();
                resized.setPaneId(entry.getPaneId());
                resized.setCols(entry.getResized().getCols());
                resized.setRows(entry.getResized().getRows());
                yield resized;
            }
            case AGENT_STARTED -> {
                var started = new WorkspaceAgentStarted();
                started.setAgentEpoch(entry.getAgentEpoch());
                started.setPanesFound(entry.getAgentStarted().getPanesFound());
                started.setPanesLost(entry.getAgentStarted().getPanesLost());
                yield started;
            }
            case WHAT_NOT_SET -> null;
        };
    }

    private static PaneOpened opened(JournalEntry entry) {
        var opened = new PaneOpened();
        opened.setPaneId(entry.getPaneId());
        if (!entry.getAgentId().isEmpty()) {
            opened.setAgentId(entry.getAgentId());
        }
        if (!entry.getSwarmId().isEmpty()) {
            opened.setSwarmId(entry.getSwarmId());
        }
        opened.setCols(entry.getOpened().getCols());
        opened.setRows(entry.getOpened().getRows());
        return opened;
    }

    private static PaneExited exited(JournalEntry entry) {
        var exited = new PaneExited();
        exited.setPaneId(entry.getPaneId());
        if (entry.getExited().hasExitCode()) {
            exited.setExitCode(entry.getExited().getExitCode());
        }
        exited.setBytesOut(entry.getExited().getBytesOut());
        return exited;
    }

    private static PaneLeaseChanged leaseChanged(JournalEntry entry) {
        var changed = new PaneLeaseChanged();
        changed.setPaneId(entry.getPaneId());
        if (entry.getLeaseChanged().hasHolder()) {
            changed.setHolder(actor(entry.getLeaseChanged().getHolder()));
        }
        return changed;
    }

    private static SpecificRecordBase stamp(
            SpecificRecordBase fact, JournalEntry entry, String workspaceId, String teamId) {
        var actor =
                entry.hasActor()
                        ? actor(entry.getActor())
                        : new Actor(ActorKind.SYSTEM, "workspace-agent");
        var envelope = new Envelope(teamId, workspaceId, actor, null, null);
        return Facts.stamp(fact, envelope, Clock.fixed(at(entry), ZoneOffset.UTC));
    }

    /// When the agent noted it; now, where that cannot be read.
    private static Instant at(JournalEntry entry) {
        try {
            return Instant.parse(entry.getOccurredAt());
        } catch (DateTimeParseException _) {
            return Instant.now();
        }
    }

    private static Actor actor(Principal principal) {
        var kind =
                switch (principal.getKind()) {
                    case USER -> ActorKind.USER;
                    case AGENT -> ActorKind.AGENT;
                    case SYSTEM -> ActorKind.SYSTEM;
                    case KIND_UNSPECIFIED, UNRECOGNIZED -> ActorKind.UNKNOWN;
                };
        return new Actor(kind, principal.getId());
    }
}
