package io.orchflow.terminal.attachment;

import io.orchflow.access.Open;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.PathParam;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/// `WS /api/terminal/pane/{paneId}/stream` of the public contract. Opening may wait (for Redis and
/// the agent) on a virtual thread; messages never do.
@Open("its ticket, taken once, says who may do what")
@WebSocket(path = "/api/terminal/pane/{paneId}/stream")
public class PaneSocket {

    private static final Logger LOG = Logger.getLogger(PaneSocket.class);

    private final OpenSockets sockets;

    PaneSocket(OpenSockets sockets) {
        this.sockets = sockets;
    }

    @OnOpen
    @RunOnVirtualThread
    void open(WebSocketConnection connection, @PathParam String paneId) {
        sockets.openPane(connection, paneId);
    }

    @OnBinaryMessage
    @NonBlocking
    void input(Buffer bytes, WebSocketConnection connection) {
        sockets.find(connection).ifPresent(pane -> pane.input(bytes));
    }

    @OnTextMessage
    @NonBlocking
    void message(String text, WebSocketConnection connection) {
        sockets.find(connection).ifPresent(pane -> pane.message(text));
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        sockets.left(connection);
    }

    @OnError
    @NonBlocking
    void error(Throwable error, WebSocketConnection connection) {
        LOG.debugf("Socket failed connection=%s reason=%s", connection.id(), error.toString());
        sockets.left(connection);
    }
}
