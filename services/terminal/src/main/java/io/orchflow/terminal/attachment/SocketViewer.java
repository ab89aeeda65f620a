package io.orchflow.terminal.attachment;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/// A viewer at a WebSocket. What cannot be sent is nobody's loss but this viewer's: its socket has
/// ended, and the end is told by the socket's own close.
final class SocketViewer implements Viewer {

    private static final Logger LOG = Logger.getLogger(SocketViewer.class);

    private final WebSocketConnection connection;

    SocketViewer(WebSocketConnection connection) {
        this.connection = connection;
    }

    @Override
    public void text(String frame) {
        if (connection.isOpen()) {
            connection.sendText(frame).subscribe().with(_ -> {}, this::failed);
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
            connection
                    .close(new CloseReason(closing.code(), closing.reason()))
                    .subscribe()
                    .with(_ -> {}, this::failed);
        }
    }

    private void failed(Throwable error) {
        LOG.debugf("Frame not sent connection=%s reason=%s", connection.id(), error.toString());
    }
}
