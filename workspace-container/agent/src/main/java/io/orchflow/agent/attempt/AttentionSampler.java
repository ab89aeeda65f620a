package io.orchflow.agent.attempt;

import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.Panes;
import io.orchflow.agent.workspace.TerminalWait;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Asks the kernel, for every running attempt that is silent, whether its program waits for input:
/// the kernel tells nobody by itself. A few small reads of `/proc` an attempt.
final class AttentionSampler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AttentionSampler.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final AttemptRegister register;
    private final Panes panes;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("attention").factory());

    AttentionSampler(AttemptRegister register, Panes panes) {
        this.register = register;
        this.panes = panes;
    }

    void start() {
        long period = PERIOD.toMillis();
        var _ = timer.scheduleWithFixedDelay(this::sample, period, period, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            register.all().stream()
                    .filter(attempt -> attempt.phase() == Attempt.Phase.RUNNING)
                    .forEach(attempt -> panes.find(attempt.paneId()).ifPresent(this::sample));
        } catch (RuntimeException e) {
            LOG.warn("what attempts wait for could not be seen", e);
        }
    }

    private void sample(Pane pane) {
        var pid = pane.pid();
        if (pid.isPresent() && pane.attention().wantsKernel()) {
            pane.attention().waitsForInput(TerminalWait.waits(pid.getAsInt()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
