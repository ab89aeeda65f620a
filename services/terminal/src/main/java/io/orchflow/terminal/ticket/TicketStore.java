package io.orchflow.terminal.ticket;

import io.orchflow.problem.Problems;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.ValueCommands;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Tickets in Redis, under the digest of their secret, for 30 s, each taken once. Blocks.
@ApplicationScoped
public class TicketStore {

    private static final Logger LOG = Logger.getLogger(TicketStore.class);
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final String PANE = "orchflow:terminal:ticket:";
    private static final String WORKSPACE = "orchflow:terminal:workspace-ticket:";
    private static final int SECRET_BYTES = 32;

    private final ValueCommands<String, String> values;
    private final SecureRandom random = new SecureRandom();

    TicketStore(RedisDataSource redis) {
        this.values = redis.value(String.class);
    }

    /// @return the secret, 43 characters that need no escaping in a URL
    /// @throws io.orchflow.problem.ProblemException 503 where it cannot be kept
    public String issue(Ticket ticket) {
        return keep(PANE, write(ticket));
    }

    /// @return the secret, as of the other kind; each kind is good at its own door only
    /// @throws io.orchflow.problem.ProblemException 503 where it cannot be kept
    public String issue(WorkspaceTicket ticket) {
        return keep(WORKSPACE, write(ticket));
    }

    /// Takes a ticket, so that nobody can take it again.
    ///
    /// @return empty for one that is unknown, used or too old
    /// @throws RuntimeException where it cannot be told
    public Optional<Ticket> take(String secret) {
        return Optional.ofNullable(values.getdel(key(PANE, secret))).map(TicketStore::pane);
    }

    /// [#take] for the other kind.
    public Optional<WorkspaceTicket> takeOfWorkspace(String secret) {
        return Optional.ofNullable(values.getdel(key(WORKSPACE, secret)))
                .map(TicketStore::workspace);
    }

    private String keep(String kind, JsonObject ticket) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            values.setex(key(kind, secret), LIFE.toSeconds(), ticket.encode());
            return secret;
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Ticket not kept workspaceId=%s reason=%s",
                    ticket.getString("workspaceId"), e.toString());
            throw Problems.unavailable("No ticket can be had now.", Duration.ofSeconds(2));
        }
    }

    private static String key(String kind, String secret) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return kind + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject write(Ticket ticket) {
        return new JsonObject()
                .put("paneId", ticket.paneId())
                .put("workspaceId", ticket.workspaceId())
                .put("role", ticket.role().word())
                .put("userId", ticket.userId())
                .put("name", ticket.name())
                .put("sessionId", ticket.sessionId());
    }

    private static JsonObject write(WorkspaceTicket ticket) {
        return new JsonObject()
                .put("workspaceId", ticket.workspaceId())
                .put("driver", ticket.driver())
                .put("userId", ticket.userId())
                .put("name", ticket.name())
                .put("sessionId", ticket.sessionId());
    }

    private static Ticket pane(String json) {
        var ticket = new JsonObject(json);
        return new Ticket(
                ticket.getString("paneId"),
                ticket.getString("workspaceId"),
                PaneRole.parse(ticket.getString("role")),
                ticket.getString("userId"),
                ticket.getString("name"),
                ticket.getString("sessionId"));
    }

    private static WorkspaceTicket workspace(String json) {
        var ticket = new JsonObject(json);
        return new WorkspaceTicket(
                ticket.getString("workspaceId"),
                ticket.getBoolean("driver"),
                ticket.getString("userId"),
                ticket.getString("name"),
                ticket.getString("sessionId"));
    }
}
