package io.orchflow.orchestration.stream;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// One live reader: a cursor in the log and a thread that follows it.
public final class EventReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventReader.class);
    private static final long IDLE_SECONDS = 15;
    private static final long AFTER_ERROR_MILLIS = 500;

    private final EventLog log;
    private final String workspaceId;
    private final EventFilter filter;
    private final EventSink sink;
    private final Consumer<EventReader> over;
    private final Semaphore news = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;
    private long cursor;

    EventReader(
            EventLog log,
            String workspaceId,
            EventFilter filter,
            long after,
            EventSink sink,
            Consumer<EventReader> over) {
        this.log = log;
        this.workspaceId = workspaceId;
        this.filter = filter;
        this.cursor = after;
        this.sink = sink;
        this.over = over;
        this.thread = Thread.ofVirtual().name("events-" + workspaceId).unstarted(this::run);
    }

    String workspaceId() {
        return workspaceId;
    }

    void start() {
        thread.start();
    }

    void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (!closed) {
                if (news.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
                    news.drainPermits();
                    copy();
                } else {
                    sink.idle();
                }
            }
        } catch (InterruptedException e) {
            LOG.tracef("Reader closed workspaceId=%s", workspaceId);
        } catch (RuntimeException e) {
            LOG.debugf("Reader ended workspaceId=%s reason=%s", workspaceId, e.toString());
        } finally {
            over.accept(this);
            sink.end();
        }
    }

    private void copy() throws InterruptedException {
        while (!closed) {
            java.util.List<LoggedEvent> events;
            try {
                events = log.read(workspaceId, cursor, filter);
            } catch (RuntimeException e) {
                LOG.debugf("Log not read workspaceId=%s reason=%s", workspaceId, e.toString());
                Thread.sleep(AFTER_ERROR_MILLIS);
                continue;
            }
            if (events.isEmpty()) {
                return;
            }
            for (var event : events) {
                if (closed) {
                    return;
                }
                sink.accept(event);
                cursor = event.number();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
