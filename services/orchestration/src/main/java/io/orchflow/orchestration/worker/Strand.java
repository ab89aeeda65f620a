package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.swarm.LeaseLost;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// One thread of a swarm's work that can be halted at its next safe place.
final class Strand {
    private static final Logger LOG = Logger.getLogger(Strand.class);
    private static final long AFTER_ERROR = 1_000;

    private final StopSignal stop = new StopSignal();
    private final Thread thread;

    /// @param over called when it ends
    Strand(String name, Function<StopSignal, Runnable> work, Runnable over) {
        var runnable = work.apply(stop);
        thread = Thread.ofVirtual().name(name).unstarted(() -> run(name, runnable, over));
        thread.start();
    }

    private void run(String name, Runnable work, Runnable over) {
        try {
            work.run();
        } catch (Stopped | LeaseLost e) {
            LOG.debugf("%s ended: %s", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s broke off and will be taken up again", name);
            try {
                stop.pause(AFTER_ERROR);
            } catch (Stopped _) {
                // it is over in any case
            }
        } finally {
            over.run();
        }
    }

    void halt() {
        stop.raise();
    }

    boolean over() {
        return !thread.isAlive();
    }

    void join() {
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
