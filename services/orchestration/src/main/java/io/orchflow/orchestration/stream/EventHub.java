package io.orchflow.orchestration.stream;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Live readers of the event log. A commit of this node rings at once; what other nodes wrote is
/// seen by asking every 100 ms for all read workspaces together.
@ApplicationScoped
public class EventHub {
    private static final Logger LOG = Logger.getLogger(EventHub.class);
    private static final long POLL_NANOS = 100_000_000;

    private final EventLog log;
    private final Map<String, Set<EventReader>> readers = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread poller;
    private volatile boolean closed;

    EventHub(EventLog log) {
        this.log = log;
        this.poller = Thread.ofVirtual().name("event-poll").unstarted(this::run);
    }

    /// Feeds a sink with every event after a number, on a thread of its own, until the reader is
    /// closed or the sink throws.
    public EventReader read(String workspaceId, EventFilter filter, long after, EventSink sink) {
        startPolling();
        var reader = new EventReader(log, workspaceId, filter, after, sink, this::forget);
        readers.compute(
                workspaceId,
                (_, others) -> {
                    var all = others == null ? ConcurrentHashMap.<EventReader>newKeySet() : others;
                    all.add(reader);
                    return all;
                });
        reader.start();
        return reader;
    }

    /// The number of a workspace's last event; 0 where there is none.
    public long last(String workspaceId) {
        return log.last(List.of(workspaceId)).getOrDefault(workspaceId, 0L);
    }

    /// Something was committed.
    public void ring(String workspaceId) {
        var mine = readers.get(workspaceId);
        if (mine != null) {
            mine.forEach(EventReader::wake);
        }
    }

    private void forget(EventReader reader) {
        readers.computeIfPresent(
                reader.workspaceId(),
                (_, all) -> {
                    all.remove(reader);
                    return all.isEmpty() ? null : all;
                });
    }

    private synchronized void startPolling() {
        if (poller.getState() == Thread.State.NEW) {
            poller.start();
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(POLL_NANOS);
            var workspaces = List.copyOf(readers.keySet());
            if (!workspaces.isEmpty()) {
                poll(workspaces);
            }
        }
    }

    private void poll(List<String> workspaces) {
        try {
            log.last(workspaces)
                    .forEach(
                            (workspaceId, last) -> {
                                if (!last.equals(seen.put(workspaceId, last))) {
                                    ring(workspaceId);
                                }
                            });
            seen.keySet().retainAll(workspaces);
        } catch (RuntimeException e) {
            LOG.debugf("Events not polled reason=%s", e.toString());
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        closed = true;
        readers.values().forEach(all -> List.copyOf(all).forEach(EventReader::close));
    }
}
