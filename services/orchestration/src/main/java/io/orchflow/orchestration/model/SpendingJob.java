package io.orchflow.orchestration.model;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps this node's calls alive in the books, and closes those of nodes that have died.
@ApplicationScoped
class SpendingJob {
    private static final Logger LOG = Logger.getLogger(SpendingJob.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final SpendingStore spending;
    private @Nullable Thread thread;

    SpendingJob(SpendingStore spending) {
        this.spending = spending;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("model-calls").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(EVERY);
                var lost = spending.sweep();
                if (lost > 0) {
                    LOG.warnf(
                            "Calls of a lost node count with all they may have cost calls=%d",
                            lost);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debugf("Calls could not be looked through reason=%s", e.toString());
            }
        }
    }
}
