package io.orchflow.terminal.attachment;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Looks once a second for viewers that take nothing any more, and disconnects them: they may come
/// back and resume.
@ApplicationScoped
class SlowViewers {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final OpenSockets sockets;
    private final Duration patience;
    private volatile boolean closed;

    SlowViewers(OpenSockets sockets, AttachmentConfig config) {
        this.sockets = sockets;
        this.patience = config.patience();
    }

    void begin(@Observes StartupEvent event) {
        Thread.ofVirtual().name("slow-viewers").start(this::run);
    }

    @PreDestroy
    void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(INTERVAL.toNanos());
            sockets.all().forEach(viewing -> viewing.endStuck(patience));
        }
    }
}
