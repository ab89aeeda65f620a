package io.orchflow.terminal.attachment;

import io.micrometer.core.instrument.MeterRegistry;
import io.orchflow.access.GrantStore;
import io.orchflow.access.GrantWatch;
import io.orchflow.terminal.ticket.TicketStore;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// The sockets of this replica: opened by a ticket, ended by their client, their agent, the loss of
/// their grant, or the end of the service.
@ApplicationScoped
class OpenSockets {

    private static final Logger LOG = Logger.getLogger(OpenSockets.class);

    private final TicketStore tickets;
    private final GrantStore grants;
    private final GrantWatch watch;
    private final AttachmentAgents agents;
    private final ConcurrentMap<String, Open> open = new ConcurrentHashMap<>();
    private volatile boolean draining;

    OpenSockets(
            TicketStore tickets,
            GrantStore grants,
            GrantWatch watch,
            AttachmentAgents agents,
            MeterRegistry meters) {
        this.tickets = tickets;
        this.grants = grants;
        this.watch = watch;
        this.agents = agents;
        meters.gauge("orchflow.terminal.attachments", this, OpenSockets::panes);
    }

    private record Open(Viewing viewing, GrantWatch.Registration grant) {}

    /// What a good ticket admits to.
    ///
    /// @param begin run once the socket is known
    private record Admission(String sessionId, Viewing viewing, Runnable begin) {}

    /// Takes the ticket and attaches, or closes the connection before any frame. Blocks for up to
    /// some seconds where Redis or the agent is away.
    void openPane(WebSocketConnection connection, String paneId) {
        var outlet = new ConnectionOutlet(connection);
        admit(connection, outlet, query -> ofPane(query, paneId, outlet));
    }

    /// [#openPane], for the panes of a workspace.
    void openWorkspace(WebSocketConnection connection) {
        var outlet = new ConnectionOutlet(connection);
        admit(connection, outlet, query -> ofWorkspace(query, outlet));
    }

    Optional<Viewing> find(WebSocketConnection connection) {
        return Optional.ofNullable(open.get(connection.id())).map(Open::viewing);
    }

    void left(WebSocketConnection connection) {
        var gone = open.remove(connection.id());
        if (gone != null) {
            gone.grant().close();
            gone.viewing().left();
        }
    }

    List<Viewing> all() {
        return open.values().stream().map(Open::viewing).toList();
    }

    /// Comes while the HTTP server still serves, so that everybody is told where to go.
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
        all().forEach(viewing -> viewing.end(Closing.ELSEWHERE));
    }

    private int panes() {
        return all().stream().mapToInt(Viewing::panes).sum();
    }

    private Optional<Admission> ofPane(StreamQuery query, String paneId, Outlet outlet) {
        return tickets.take(query.ticket())
                .filter(ticket -> ticket.paneId().equals(paneId))
                .map(
                        ticket -> {
                            var attachment =
                                    new Attachment(
                                            ticket,
                                            query.from(),
                                            new PaneViewer(outlet),
                                            new Flow(outlet::reading, Attachment.MOST_WAITING));
                            return new Admission(
                                    ticket.sessionId(),
                                    attachment,
                                    () -> agents.attach(ticket.workspaceId(), attachment));
                        });
    }

    private Optional<Admission> ofWorkspace(StreamQuery query, Outlet outlet) {
        return tickets.takeOfWorkspace(query.ticket())
                .map(
                        ticket ->
                                new Admission(
                                        ticket.sessionId(),
                                        new Channels(
                                                ticket,
                                                outlet,
                                                attachment ->
                                                        agents.attachSoon(
                                                                ticket.workspaceId(), attachment)),
                                        () -> {}));
    }

    private void admit(
            WebSocketConnection connection,
            Outlet outlet,
            Function<StreamQuery, Optional<Admission>> door) {
        try {
            var admission = StreamQuery.parse(connection.handshakeRequest().query()).flatMap(door);
            if (admission.isEmpty()) {
                outlet.close(Closing.BAD_TICKET);
            } else if (grants.present(List.of(admission.get().sessionId())).isEmpty()) {
                outlet.close(Closing.REVOKED);
            } else if (draining) {
                outlet.close(Closing.ELSEWHERE);
            } else {
                begin(connection, admission.get());
            }
        } catch (RuntimeException e) {
            LOG.warnf("Not opened connection=%s reason=%s", connection.id(), e.toString());
            left(connection);
            outlet.close(Closing.ELSEWHERE);
        }
    }

    private void begin(WebSocketConnection connection, Admission admission) {
        var grant = watch.watch(admission.sessionId(), listener(admission.viewing()));
        open.put(connection.id(), new Open(admission.viewing(), grant));
        if (connection.isClosed()) {
            left(connection);
        } else {
            admission.begin().run();
        }
    }

    private static GrantWatch.Listener listener(Viewing viewing) {
        return new GrantWatch.Listener() {
            @Override
            public void gone() {
                viewing.end(Closing.REVOKED);
            }

            @Override
            public void unchecked() {
                viewing.demote();
            }

            @Override
            public void checkedAgain() {
                viewing.restore();
            }
        };
    }
}
