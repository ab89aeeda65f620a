package io.orchflow.orchestration.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import io.orchflow.access.GrantWatch;
import io.orchflow.access.Open;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// All events of one workspace on one socket: text frames `{id, type, conversationId?, swarmId?,
/// data}`, after a first `{type: "hello", id}`. Query `after=<id>` goes on after an event that was
/// seen; without it the stream begins now.
@Open("the ticket in the query says who reads what")
@WebSocket(path = "/api/orchestration/stream")
public class StreamSocket {
    private static final Logger LOG = Logger.getLogger(StreamSocket.class);
    private static final CloseReason NO_TICKET = new CloseReason(4401, "ticket");
    private static final CloseReason REVOKED = new CloseReason(4403, "revoked");
    private static final CloseReason RECONNECT = new CloseReason(1012, "reconnect");

    private record Reading(EventReader reader, GrantWatch.Registration grant) {}

    private final Tickets tickets;
    private final EventHub hub;
    private final GrantWatch grants;
    private final ObjectMapper json;
    private final Map<String, Reading> open = new ConcurrentHashMap<>();

    StreamSocket(Tickets tickets, EventHub hub, GrantWatch grants, ObjectMapper json) {
        this.tickets = tickets;
        this.hub = hub;
        this.grants = grants;
        this.json = json;
    }

    @OnOpen
    @RunOnVirtualThread
    void opened(WebSocketConnection connection) {
        var query = connection.handshakeRequest().query();
        var ticket = tickets.redeem(Objects.requireNonNullElse(parameter(query, "ticket"), ""));
        if (ticket.isEmpty()) {
            connection.closeAndAwait(NO_TICKET);
            return;
        }
        var workspaceId = ticket.get().workspaceId();
        var after = number(parameter(query, "after"), workspaceId);
        connection.sendTextAndAwait("{\"type\":\"hello\",\"id\":\"" + after + "\"}");
        var reader =
                hub.read(
                        workspaceId,
                        new EventFilter.Workspace(),
                        after,
                        new SocketSink(connection));
        var grant = grants.watch(ticket.get().sessionId(), new Revocation(connection));
        open.put(connection.id(), new Reading(reader, grant));
        if (connection.isClosed()) {
            closed(connection);
        }
    }

    @OnTextMessage
    void ignored(String text) {
        // nothing is said in this direction
    }

    @OnClose
    void closed(WebSocketConnection connection) {
        var ended = open.remove(connection.id());
        if (ended != null) {
            ended.grant().close();
            ended.reader().close();
        }
    }

    private long number(@Nullable String after, String workspaceId) {
        try {
            return after == null ? hub.last(workspaceId) : Math.max(0, Long.parseLong(after));
        } catch (NumberFormatException _) {
            return hub.last(workspaceId);
        }
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    private final class SocketSink implements EventSink {
        private final WebSocketConnection connection;

        SocketSink(WebSocketConnection connection) {
            this.connection = connection;
        }

        @Override
        public void accept(LoggedEvent event) {
            var frame = json.createObjectNode();
            frame.put("id", Long.toString(event.number()));
            frame.put("type", event.type());
            if (event.conversationId() != null) {
                frame.put("conversationId", event.conversationId());
            }
            if (event.swarmId() != null) {
                frame.put("swarmId", event.swarmId());
            }
            frame.putRawValue("data", new RawValue(event.data()));
            connection.sendTextAndAwait(frame.toString());
        }

        @Override
        public void idle() {
            connection.sendTextAndAwait("{\"type\":\"idle\"}");
        }

        @Override
        public void end() {
            connection
                    .close(RECONNECT)
                    .subscribe()
                    .with(_ -> {}, e -> LOG.debugf("Socket not closed: %s", e.getMessage()));
        }
    }

    private record Revocation(WebSocketConnection connection) implements GrantWatch.Listener {
        @Override
        public void gone() {
            connection
                    .close(REVOKED)
                    .subscribe()
                    .with(_ -> {}, e -> LOG.debugf("Socket not closed: %s", e.getMessage()));
        }

        @Override
        public void unchecked() {
            // reading is what a viewer may do as well
        }
    }
}
