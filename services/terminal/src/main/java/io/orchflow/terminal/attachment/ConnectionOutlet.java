package io.orchflow.terminal.attachment;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// What cannot be sent is nobody's loss but this client's: its socket has ended, and the end is
/// told by the socket's own close.
final class ConnectionOutlet implements Outlet {

    /// Text frames that nobody asks to be paced; a client that takes none of so many is too slow.
    private static final int MOST_TEXTS = 10_000;

    private static final Logger LOG = Logger.getLogger(ConnectionOutlet.class);

    private final WebSocketConnection connection;
    private final AtomicInteger texts = new AtomicInteger();

    ConnectionOutlet(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void text(String frame) {
        if (texts.get() >= MOST_TEXTS) {
            close(Closing.TOO_SLOW);
        } else if (connection.isOpen()) {
            texts.incrementAndGet();
            connection.sendText(frame).subscribe().with(_ -> texts.decrementAndGet(), this::failed);
        }
    }

    @Override
    public void binary(Buffer frame, Runnable taken) {
        if (connection.isOpen()) {
            connection.sendBinary(frame).subscribe().with(_ -> taken.run(), this::failed);
        }
    }

    @Override
    public void close(Closing closing) {
        if (connection.isOpen()) {
            reading(true); // the client's own goodbye
            connection
                    .close(new CloseReason(closing.code(), closing.reason()))
                    .subscribe()
                    .with(_ -> {}, this::failed);
        }
    }

    @Override
    public void reading(boolean on) {
        ReadingCheck.reading(connection, on);
    }

    private void failed(Throwable error) {
        LOG.debugf("Frame not sent connection=%s reason=%s", connection.id(), error.toString());
    }
}
