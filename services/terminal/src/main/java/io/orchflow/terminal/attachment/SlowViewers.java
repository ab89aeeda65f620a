package io.orchflow.terminal.attachment;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Looks once a second for viewers that take nothing any more, and disconnects them: they may come
/// back and resume.
@ApplicationScoped
class SlowViewers {

    private static final Logger LOG = Logger.getLogger(SlowViewers.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final OpenAttachments attachments;
    private final Duration patience;
    private volatile boolean closed;

    SlowViewers(OpenAttachments attachments, AttachmentConfig config) {
        this.attachments = attachments;
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
            attachments.all().stream()
                    .filter(attachment -> attachment.stuckNanos() > patience.toNanos())
                    .forEach(SlowViewers::disconnect);
        }
    }

    private static void disconnect(Attachment attachment) {
        LOG.infof("Viewer too slow paneId=%s", attachment.paneId());
        attachment.end(Closing.TOO_SLOW);
    }
}
