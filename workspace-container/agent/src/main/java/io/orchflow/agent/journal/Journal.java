package io.orchflow.agent.journal;

import io.orchflow.agent.workspace.Epoch;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.workspace.v1.JournalEntry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent did, in order. Safe for use by several threads.
@Singleton
public class Journal {

    private final WorkspaceConfig config;
    private final Epoch epoch;
    private final Clock clock = Clock.systemUTC();
    private @Nullable JournalLog log;

    public Journal(WorkspaceConfig config, Epoch epoch) {
        this.config = config;
        this.epoch = epoch;
    }

    /// Writes one entry; epoch, number and time are put in here. It outlives the agent once this
    /// returns.
    ///
    /// @throws UncheckedIOException when the disk takes nothing more
    public void append(JournalEntry.Builder entry) {
        entry.setAgentEpoch(epoch.number());
        entry.setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        log().append(entry);
    }

    List<JournalEntry> read(long after, boolean wait) throws InterruptedException {
        return log().read(after, wait);
    }

    void acknowledge(long upTo) {
        log().acknowledge(upTo);
    }

    /// Brings everything to the disk and ends the journal of this life.
    @PreDestroy
    public synchronized void close() {
        try {
            if (log != null) {
                log.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    private synchronized JournalLog log() {
        if (log == null) {
            epoch.number();
            try {
                log = new JournalLog(config.journal());
            } catch (IOException e) {
                throw new UncheckedIOException("the journal cannot be opened", e);
            }
        }
        return log;
    }
}
