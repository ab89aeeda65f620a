package io.orchflow.terminal.attachment;

import io.micrometer.core.instrument.MeterRegistry;
import io.orchflow.access.GrantStore;
import io.orchflow.access.GrantWatch;
import io.orchflow.terminal.ticket.Ticket;
import io.orchflow.terminal.ticket.TicketStore;
import io.orchflow.workspace.client.WorkspaceConnections;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.orchflow.workspace.v1.PanesGrpc;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/// The attachments of this replica: opened by a ticket, ended by their socket, their agent, the
/// loss
/// of their grant, or the end of the service.
@ApplicationScoped
class OpenAttachments {

    private static final Logger LOG = Logger.getLogger(OpenAttachments.class);

    private final TicketStore tickets;
    private final GrantStore grants;
    private final GrantWatch watch;
    private final WorkspaceConnections workspaces;
    private final ConcurrentMap<String, Open> open = new ConcurrentHashMap<>();
    private volatile boolean draining;

    OpenAttachments(
            TicketStore tickets,
            GrantStore grants,
            GrantWatch watch,
            WorkspaceConnections workspaces,
            MeterRegistry meters) {
        this.tickets = tickets;
        this.grants = grants;
        this.watch = watch;
        this.workspaces = workspaces;
        meters.gaugeMapSize("orchflow.terminal.attachments", List.of(), open);
    }

    private record Open(Attachment attachment, GrantWatch.Registration grant) {}

    /// Takes the ticket and attaches, or closes the connection before any frame. Blocks for up to
    /// some seconds where Redis or the agent is away.
    void open(WebSocketConnection connection, String paneId) {
        var query = StreamQuery.parse(connection.handshakeRequest().query());
        try {
            var ticket = query.flatMap(q -> tickets.take(q.ticket()));
            if (ticket.filter(t -> t.paneId().equals(paneId)).isEmpty()) {
                close(connection, Closing.BAD_TICKET);
            } else if (grants.present(List.of(ticket.get().sessionId())).isEmpty()) {
                close(connection, Closing.REVOKED);
            } else if (draining) {
                close(connection, Closing.ELSEWHERE);
            } else {
                attach(connection, ticket.get(), query.get().from());
            }
        } catch (WorkspaceUnreachable | RuntimeException e) {
            LOG.warnf("Not attached paneId=%s reason=%s", paneId, e.toString());
            left(connection);
            close(connection, Closing.ELSEWHERE);
        }
    }

    Optional<Attachment> find(WebSocketConnection connection) {
        return Optional.ofNullable(open.get(connection.id())).map(Open::attachment);
    }

    void left(WebSocketConnection connection) {
        var gone = open.remove(connection.id());
        if (gone != null) {
            gone.grant().close();
            gone.attachment().left();
        }
    }

    List<Attachment> all() {
        return open.values().stream().map(Open::attachment).toList();
    }

    /// Comes while the HTTP server still serves, so that everybody is told where to go.
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        all().forEach(attachment -> attachment.end(Closing.ELSEWHERE));
    }

    private void attach(WebSocketConnection connection, Ticket ticket, long from)
            throws WorkspaceUnreachable {
        var channel = workspaces.connect(ticket.workspaceId());
        var attachment = new Attachment(ticket, from, new SocketViewer(connection));
        var grant = watch.watch(ticket.sessionId(), listener(attachment));
        open.put(connection.id(), new Open(attachment, grant));
        if (connection.isClosed()) {
            left(connection);
            return;
        }
        var _ = PanesGrpc.newStub(channel).attach(attachment);
        attachment.start();
    }

    private static GrantWatch.Listener listener(Attachment attachment) {
        return new GrantWatch.Listener() {
            @Override
            public void gone() {
                attachment.end(Closing.REVOKED);
            }

            @Override
            public void unchecked() {
                attachment.demote();
            }

            @Override
            public void checkedAgain() {
                attachment.restore();
            }
        };
    }

    private static void close(WebSocketConnection connection, Closing closing) {
        if (connection.isOpen()) {
            connection
                    .close(new CloseReason(closing.code(), closing.reason()))
                    .subscribe()
                    .with(_ -> {}, e -> LOG.debugf("Socket not closed reason=%s", e.toString()));
        }
    }
}
