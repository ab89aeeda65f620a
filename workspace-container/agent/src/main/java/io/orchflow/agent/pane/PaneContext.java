package io.orchflow.agent.pane;

import io.orchflow.agent.journal.Journal;
import io.orchflow.agent.kernel.ExitWatch;
import io.orchflow.agent.tmux.TmuxClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/// What all panes of a workspace share.
///
/// @param client the control client of now; throws [io.orchflow.agent.tmux.TmuxException] while
///     there is none
/// @param gates the folder of the named pipes at which new programs wait
/// @param leaseGrace how long a lease is kept for a holder without a stream
record PaneContext(
        Supplier<TmuxClient> client,
        PaneStore store,
        Journal journal,
        ExitWatch exits,
        ScheduledExecutorService timer,
        Path gates,
        Duration leaseGrace) {}
